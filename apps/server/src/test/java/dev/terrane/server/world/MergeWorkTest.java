package dev.terrane.server.world;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.CellId;
import dev.terrane.base.Meters;
import dev.terrane.base.RegionId;
import dev.terrane.base.WorldId;
import dev.terrane.cell.Cell;
import dev.terrane.cell.CellListener;
import dev.terrane.cell.CellPorts;
import dev.terrane.cell.PluginModule;
import dev.terrane.plugin.kit.Position;
import dev.terrane.protocol.cluster.Admission;
import dev.terrane.protocol.cluster.CellInput;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

class MergeWorkTest {
    private static final RegionId MERGING = new RegionId(0, 0);
    private static final CellId NEIGHBOUR = cell(new RegionId(1, 0), 0);
    private static final int PLANNED_ENTRANCE = 2;
    private static final int TICKS_MAX = 200;

    private final Seats seats = new Seats();
    private final Set<CellId> handedTo = new LinkedHashSet<>();

    @Test
    void leavesItToThePlanWhereNewcomersGo() {
        try (WorldRig rig = new WorldRig()) {
            WorldSetup setup = rig.setup(2, 0, WorldRig.workers(1), _ -> {});
            CellMaker maker = new CellMaker(setup, _ -> ports(), (_, _, waiter) -> waiter.durable());
            for (int layer = 0; layer <= PLANNED_ENTRANCE; layer++) {
                seats.add(seat(setup, cell(MERGING, layer)));
            }
            CellSeat neighbour = seat(setup, NEIGHBOUR);
            PluginModule game =
                    new PluginModule(setup.plugins().getFirst().fresh().get(), Map.of());
            Cell cell = Cell.open(maker.grant(NEIGHBOUR), List.of(game), ports());
            neighbour.seat(cell);
            seats.add(neighbour);
            LayerTools tools = tools(setup, maker);

            tools.announce(MERGING);
            MergeWork work = new MergeWork(tools, cell(MERGING, 1), cell(MERGING, 0), tools::takeAway);

            assertThat(work.step()).as("the leaving cell is not there now").isFalse();
            assertThat(tools.entrance(MERGING)).as("told to who joins").isEqualTo(PLANNED_ENTRANCE);
            cell.visit(context -> context.spawn(new Position(-200, 0, 0)));
            for (int tick = 1; tick <= TICKS_MAX && handedTo.isEmpty(); tick++) {
                cell.tick(tick, tick);
            }
            assertThat(handedTo).as("told to cells").containsExactly(cell(MERGING, PLANNED_ENTRANCE));
        }
    }

    private LayerTools tools(WorldSetup setup, CellMaker maker) {
        Checkpointer checkpointer = new Checkpointer(
                setup.stores().checkpoints(),
                (_, _, waiter) -> waiter.durable(),
                (_, _) -> {},
                Runnable::run,
                Meters.none());
        Herald herald = new Herald(setup, seats, Herald.Layering.seated(seats, _ -> PLANNED_ENTRANCE));
        return new LayerTools(setup, seats, herald, maker, checkpointer, new LayerTools.SeatMaker() {
            @Override
            public CellSeat make(CellId id) {
                return seat(setup, id);
            }

            @Override
            public Future<?> keepImages(CellSeat seat) {
                return new FutureTask<>(() -> {}, null);
            }
        });
    }

    /** Cells hand entities over; what else they tell each other is not answered. */
    private CellPorts ports() {
        return new CellPorts(
                (to, _, message) -> {
                    if (message instanceof CellInput.HandoffOffer) {
                        handedTo.add(to);
                    }
                    return Admission.ACCEPTED;
                },
                (_, _) -> true,
                CellListener.none(),
                Meters.none(),
                () -> 0);
    }

    private static CellSeat seat(WorldSetup setup, CellId id) {
        return new CellSeat(id, setup.runtime().clock(), (_, _, _) -> {});
    }

    private static CellId cell(RegionId region, int layer) {
        return new CellId(new WorldId("test"), region, layer);
    }
}
