package dev.terrane.server.world;

import dev.terrane.base.CellId;
import dev.terrane.base.WorldId;
import dev.terrane.cell.CellPorts;
import dev.terrane.command.CommandCatalogue;
import dev.terrane.command.CommandType;
import dev.terrane.protocol.cluster.CellPort;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** What surrounds the cells of a world, alone in its process or one of many: their seats, and the ways between them, stores and gateways. */
final class WorldParts {
    final Seats seats = new Seats();
    final CellRouter router = new CellRouter(seats);
    final Journalist journalist;
    final Checkpointer checkpointer;
    final CellReceiver receiver;
    final CellMaker maker;

    private final WorldSetup setup;

    /**
     * @param elsewhere the way to cells that have no seat here
     * @param gate what a cell's own ways out are made of
     * @param isWhole whether no cell of the world is at another node
     */
    WorldParts(
            WorldSetup setup,
            CellReports.Directories directories,
            CellPort elsewhere,
            UnaryOperator<CellPorts> gate,
            boolean isWhole) {
        this.setup = setup;
        WorldSetup.Journal journal = setup.stores().journal();
        Spread spread = new Spread();
        this.journalist = new Journalist(journal, router, spread, setup.runtime());
        this.checkpointer = new Checkpointer(
                setup.stores().checkpoints(),
                journalist::after,
                this::condemn,
                setup.runtime().jobs(),
                setup.runtime().meters());
        WorldId world = new WorldId(setup.world().map().world());
        this.receiver = new CellReceiver(
                journal.store(),
                new CommandCatalogue(commands(), journal.payloads()),
                new CellFinder(world, setup.world().map().partition(), directories.own(), seats, isWhole),
                setup.runtime(),
                this::condemn);
        CellReports.Desks desks = new CellReports.Desks(setup, directories, checkpointer, router, journalist, receiver);
        CellPort ways = new CellWays(seats, spread, elsewhere);
        this.maker = new CellMaker(
                setup,
                speaker -> gate.apply(new CellPorts(
                        ways,
                        setup.gateways().one(),
                        new CellReports(desks, speaker),
                        setup.runtime().meters(),
                        setup.runtime().clock()::nanos,
                        setup.runtime().taps())),
                journalist::after);
    }

    /** The durable commands that cells of this world carry out. */
    List<CommandType<?>> commands() {
        List<CommandType<?>> types = new ArrayList<>();
        setup.plugins().forEach(source -> types.addAll(source.fresh().get().commands()));
        return types;
    }

    private void condemn(CellId cell, long epoch) {
        CellSeat seat = seats.get(cell);
        if (seat != null) {
            seat.condemn(epoch);
        }
    }
}
