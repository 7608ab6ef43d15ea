package dev.terrane.server.world;

import dev.terrane.base.CellId;
import dev.terrane.base.RegionId;
import dev.terrane.base.WorldId;
import dev.terrane.cell.Cell;
import dev.terrane.cell.CellImage;
import dev.terrane.cell.CellPorts;
import dev.terrane.cell.WorldRestore;
import dev.terrane.checkpoint.Checkpoint;
import dev.terrane.directory.Directory;
import dev.terrane.protocol.cluster.CellPort;
import dev.terrane.space.Partition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.ToIntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A world that runs in this process: all its cells, ticking.
 *
 * <p>{@link #start} and {@link #close} belong to one thread; the readings may be called by any.
 */
public final class HostedWorld implements AutoCloseable {
    private static final long STOP_MILLIS_MAX = 1_000;
    private static final Logger LOG = LoggerFactory.getLogger(HostedWorld.class);

    private final WorldSetup setup;
    private final Map<CellId, CellSeat> seats = new LinkedHashMap<>();
    private final List<WorkerLoop> workers = new ArrayList<>();
    private final Checkpointer checkpointer;
    private final CellRouter router;
    private final CellMaker maker;
    private final Restarter restarter;

    private HostedWorld(WorldSetup setup, Directory directory) {
        this.setup = setup;
        this.checkpointer = new Checkpointer(
                setup.stores().checkpoints(),
                setup.runtime().jobs(),
                setup.runtime().meters());
        for (RegionId region : setup.world().map().partition().regions()) {
            CellId id = new CellId(worldId(), region, 0);
            LoadWatch load =
                    new LoadWatch(id, setup.pace().crowd(), setup.runtime().meters());
            seats.put(id, new CellSeat(id, setup.runtime().clock(), load, this::failed));
        }
        this.router = new CellRouter(seats);
        CellReports reports = new CellReports(setup, directory, checkpointer, router);
        this.maker = new CellMaker(
                setup,
                new CellPorts(
                        router,
                        setup.gateways().one(),
                        reports,
                        setup.runtime().meters(),
                        setup.runtime().clock()::nanos));
        this.restarter = new Restarter(setup, directory, maker, checkpointer, seats);
    }

    /** Restores the world as the store has it and lets it tick. Blocks until every cell is seated. */
    public static HostedWorld start(WorldSetup setup, Directory directory) {
        HostedWorld hosted = new HostedWorld(setup, directory);
        hosted.open();
        return hosted;
    }

    private void open() {
        Map<CellId, CellImage> images = new LinkedHashMap<>();
        for (Checkpoint checkpoint : setup.stores().checkpoints().latest(worldId())) {
            images.put(checkpoint.cell(), CellMaker.image(checkpoint));
        }
        refuseHomeless(images);
        List<WorldRestore.Restarting> cells = new ArrayList<>();
        for (CellId id : seats.keySet()) {
            cells.add(new WorldRestore.Restarting(maker.grant(id), images.get(id)));
        }
        WorldRestore past =
                WorldRestore.plan(cells, List.of(), setup.stores().characters().loggedOut(worldId()));
        for (CellSeat seat : seats.values()) {
            Cell cell = maker.open(seat.id(), past);
            // The beginning of a world is stored with its first tick: whoever dies before the first interval must not
            // begin again.
            cell.requestImage();
            seat.seat(cell);
        }
        WorldClock clock = new WorldClock(
                setup.runtime().clock(),
                past.lastTick() + 1,
                setup.settings().rates().simulationHz());
        for (int i = 0; i < setup.pace().workerCount(); i++) {
            workers.add(new WorkerLoop(
                    "world-" + worldId() + "-" + i, clock, setup.runtime().meters()));
        }
        int next = 0;
        for (CellSeat seat : seats.values()) {
            workers.get(next++ % workers.size()).add(seat);
        }
        workers.forEach(WorkerLoop::start);
        schedule();
        LOG.atInfo()
                .addKeyValue("world", worldId())
                .addKeyValue("cells", seats.size())
                .addKeyValue("restored", images.size())
                .addKeyValue("entities", entityCount())
                .addKeyValue("tick", past.lastTick() + 1)
                .log(images.isEmpty() ? "a new world begins" : "the world goes on from its checkpoints");
    }

    /** A cell that the partition no longer has would be lost without a word, and all who live in it. */
    private void refuseHomeless(Map<CellId, CellImage> images) {
        List<CellId> homeless =
                images.keySet().stream().filter(id -> !seats.containsKey(id)).toList();
        if (!homeless.isEmpty()) {
            throw new IllegalStateException(
                    "world %s has checkpoints of cells that world.partition = %s does not have: %s; set the old partition again, or begin another world with another world.name"
                            .formatted(worldId(), partition().describe(), homeless));
        }
    }

    /** Checkpoints are spread over the interval, so that cells do not all copy their state in the same tick. */
    private void schedule() {
        long intervalMillis = TimeUnit.SECONDS.toMillis(setup.pace().checkpointSeconds());
        int index = 0;
        for (CellSeat seat : seats.values()) {
            long offset = intervalMillis * ++index / seats.size();
            setup.runtime()
                    .jobs()
                    .scheduleAtFixedRate(() -> requestImage(seat), offset, intervalMillis, TimeUnit.MILLISECONDS);
        }
        setup.runtime().jobs().scheduleAtFixedRate(new WorkerWatch(workers), 1, 1, TimeUnit.SECONDS);
    }

    private static void requestImage(CellSeat seat) {
        Cell cell = seat.cell();
        if (cell != null) {
            cell.requestImage();
        }
    }

    private void failed(CellSeat seat) {
        restarter.failed(seat);
    }

    /** The way to its cells. */
    public CellPort cells() {
        return router;
    }

    /** True while every cell is seated and every worker's heart beats. */
    public boolean ready() {
        return seats.values().stream().allMatch(seat -> seat.cell() != null)
                && workers.stream().allMatch(worker -> worker.silenceNanos() < TimeUnit.SECONDS.toNanos(2));
    }

    public int cellCount() {
        return seats.size();
    }

    public int entityCount() {
        return sum(Cell::entityCount);
    }

    public int avatarCount() {
        return sum(Cell::avatarCount);
    }

    private int sum(ToIntFunction<Cell> reading) {
        int total = 0;
        for (CellSeat seat : seats.values()) {
            Cell cell = seat.cell();
            total += cell == null ? 0 : reading.applyAsInt(cell);
        }
        return total;
    }

    public WorldId id() {
        return worldId();
    }

    public Partition partition() {
        return setup.world().map().partition();
    }

    private WorldId worldId() {
        return new WorldId(setup.world().map().world());
    }

    /** Stops ticking, then stores the last state of every cell. */
    @Override
    public void close() {
        for (WorkerLoop worker : workers) {
            try {
                worker.stop(STOP_MILLIS_MAX);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        Collection<CellImage> images = new ArrayList<>();
        for (CellSeat seat : seats.values()) {
            Cell cell = seat.cell();
            if (cell != null && cell.phase() == Cell.Phase.RUNNING) {
                lastImage(cell, images);
            }
        }
        long stored = images.stream().filter(checkpointer::save).count();
        LOG.atInfo()
                .addKeyValue("world", worldId())
                .addKeyValue("checkpoints", stored)
                .addKeyValue("cells", seats.size())
                .log("the world rests");
    }

    /** A cell whose worker is stuck in its tick has no image now; that must not cost the others theirs. */
    private void lastImage(Cell cell, Collection<CellImage> into) {
        try {
            into.add(cell.image());
        } catch (RuntimeException e) {
            LOG.atError()
                    .setCause(e)
                    .addKeyValue("world", worldId())
                    .addKeyValue("cell", cell.id())
                    .addKeyValue("tick", cell.lastTick())
                    .log("no last image of this cell, it goes on from its last checkpoint");
        }
    }
}
