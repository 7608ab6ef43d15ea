package dev.terrane.cell;

import dev.terrane.base.CellId;
import dev.terrane.base.RegionId;
import dev.terrane.base.Rng;
import dev.terrane.handoff.HandoffMachine;
import dev.terrane.handoff.HandoffSettings;
import dev.terrane.interest.NeighbourGrid;
import dev.terrane.interest.SliceBoard;
import dev.terrane.space.Bounds;
import dev.terrane.space.ChunkGrid;
import dev.terrane.space.Partition;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The organs of one cell, made together and handed to each step of its tick. The first half is the cell's state and goes into its
 * images; the second is made anew by every start.
 */
final class Body {
    final CellSpec spec;
    final Population population;
    final Drivers drivers = new Drivers();
    final Rng rng;
    final HandoffMachine handoffs;

    final SliceBoard board;
    final NeighbourGrid neighbours;
    final Outbox outbox;
    final CellPorts ports;
    final CellMeters meters;
    final Whereabouts whereabouts = new Whereabouts();
    final GhostDesk ghosts;
    final PastDesk past;
    final IntentDesk intents;
    final CommandDesk commands;
    final LayerDesk layers = new LayerDesk(this);
    final SendOff sendOff = new SendOff(this);
    final ConductDesk conduct = new ConductDesk(this);
    final Highlights highlights = new Highlights(this);
    final PaceDesk pace = new PaceDesk();
    final ImageDesk images = new ImageDesk(this);
    final DraftRooms rooms;
    private final List<Consumer<CellListener>> news = new ArrayList<>();
    /** The tick that runs, or the last one. */
    long tick = -1;

    Body(CellSpec spec, CellPorts ports, CellState state) {
        World world = spec.world();
        this.spec = spec;
        this.ports = ports;
        this.handoffs = state.handoffs();
        this.population = new Population(state.store(), spec.incarnation());
        this.rng = new Rng(state.rngState());
        Bounds bounds = world.map().partition().bounds(spec.cell().region());
        double chunkMetres = spec.settings().chunkMetres();
        this.board = new SliceBoard(state.store(), world.schema().events(), new ChunkGrid(bounds, chunkMetres));
        this.neighbours = new NeighbourGrid(bounds, chunkMetres);
        this.meters = new CellMeters(ports.meters(), spec.cell());
        this.ghosts = new GhostDesk(this);
        this.past = new PastDesk(this);
        this.outbox = new Outbox(ports, spec.cell().toString());
        this.rooms = new DraftRooms(() ->
                new DraftRoom(population.store, ghosts.entities(), neighbours, ghosts.neighbours(), past.history()));
        this.intents = new IntentDesk(this, state.intents());
        this.commands = new CommandDesk(this, !state.isNewborn() || spec.cell().layer() > 0);
    }

    static HandoffMachine newHandoffs(CellSpec spec) {
        Partition partition = spec.world().map().partition();
        List<CellId> peers = new ArrayList<>();
        for (RegionId region : partition.neighbours(spec.cell().region())) {
            peers.add(new CellId(spec.cell().world(), region, 0));
        }
        return new HandoffMachine(spec.cell(), spec.epoch(), peers, HandoffSettings.DEFAULT);
    }

    /** Carries out what was asked of the store; avatars that died of it lose their drivers. */
    void settle() {
        population.settle(this::onGone);
    }

    /** Tells the listener at the end of the tick: what a failing tick did has not happened. */
    void report(Consumer<CellListener> told) {
        news.add(told);
    }

    /** Of this tick. @param driver null: it is nobody's avatar */
    void passed(Passage.What what, long entity, int ownership, @Nullable Driver driver, @Nullable CellId other) {
        Passage passage = new Passage(
                what,
                spec.cell(),
                spec.epoch(),
                tick,
                entity,
                ownership,
                driver == null ? null : driver.character,
                other);
        report(listener -> listener.passed(passage));
    }

    void flushReports() {
        for (int i = 0; i < news.size(); i++) {
            news.get(i).accept(ports.listener());
        }
        news.clear();
    }

    private void onGone(long handle) {
        Driver driver = drivers.ofAvatar(handle);
        if (driver != null) {
            if (!driver.dismissed) {
                AvatarDesk.lost(this, driver);
            }
            drivers.remove(driver);
        }
    }
}
