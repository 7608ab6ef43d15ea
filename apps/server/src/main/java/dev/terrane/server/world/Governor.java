package dev.terrane.server.world;

import dev.terrane.base.CellId;
import dev.terrane.base.Meters;
import dev.terrane.base.WorldId;
import dev.terrane.cell.Cell;
import dev.terrane.placement.CellLoad;
import dev.terrane.placement.LoadLadder;
import dev.terrane.placement.Move;
import dev.terrane.placement.Placed;
import dev.terrane.placement.PlacementPlan;
import dev.terrane.placement.Posture;
import dev.terrane.placement.Rung;
import dev.terrane.protocol.cluster.CellInput;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at a world's load several times a second and does what the plans of {@link dev.terrane.placement} say.
 *
 * <pre>
 *   workers' rounds ─► LoadLadder    ─► Pace to cells and gateways, WorldClock
 *   cells' ticks    ─► PlacementPlan ─► seats move between workers
 *   cells' crowds   ─► CrowdCare     ─► layers open, are filled, merge
 *                      WorkerWatch   ─► another thread for a stalled one
 * </pre>
 *
 * <p>It has a thread of its own, which never waits for a store: it must see a stall also while every job thread waits.
 */
final class Governor implements Pressure {
    static final int STEP_MILLIS = 100;

    /** Ticks between naming a pace and its first tick: every cell and gateway hears of it before. */
    private static final int PACE_LEAD_TICKS = 3;

    /** Loads are averages over about a second; looking at them more often finds nothing new. */
    private static final int STEPS_PER_LOOK = 10;

    /** Code that nobody has run yet is slow: what the first five seconds take says nothing about the world. */
    private static final int WARM_UP_STEPS = 50;

    private static final int MOVES_PER_LOOK = 2;

    /** Below half of its period a worker is not worth relieving. */
    private static final int HEADROOM_PERCENT = 50;

    private static final int GAIN_PERCENT = 10;
    private static final long STOP_MILLIS_MAX = 1_000;
    private static final Logger LOG = LoggerFactory.getLogger(Governor.class);

    private final WorldId world;
    private final WorldClock clock;
    private final Seats seats;
    private final Workers workers;
    private final Herald herald;
    private final WorkerWatch watch;
    private final LoadLadder ladder;
    private final PlacementPlan placement;
    private final Meters.Count moves;
    private final ScheduledExecutorService thread;
    private volatile CrowdCare crowds = CrowdCare.NONE;
    private volatile Posture posture = Posture.NORMAL;
    private volatile boolean mayDilate;
    private volatile boolean warm;
    private long stepCount;

    Governor(WorldSetup setup, WorldClock clock, Seats seats, Herald herald) {
        Meters meters = setup.runtime().meters();
        this.world = new WorldId(setup.world().map().world());
        this.clock = clock;
        this.seats = seats;
        this.herald = herald;
        this.workers =
                new Workers(world.name(), clock, seats, this, setup.gateways().wake(), meters);
        this.watch = new WorkerWatch(world.name(), workers, meters);
        this.ladder = new LoadLadder(setup.pace().ladder());
        this.mayDilate = ladder.mayDilate();
        long periodNanos =
                TimeUnit.SECONDS.toNanos(1) / setup.settings().rates().simulationHz();
        this.placement = new PlacementPlan(MOVES_PER_LOOK, periodNanos * HEADROOM_PERCENT / 100, GAIN_PERCENT);
        this.moves = meters.count("seat_moves", "world", world.name());
        meters.gauge("world_shed_level", () -> posture.rung().ordinal(), "world", world.name());
        meters.gauge("world_dilation_percent", () -> Math.round(posture.dilation() * 100), "world", world.name());
        this.thread = setup.runtime().clock().threads().scheduled("governor-" + world.name());
    }

    /** Whom to ask about crowds. Before {@link #start}. */
    void careBy(CrowdCare care) {
        crowds = care;
    }

    /** Spreads the seats over so many workers and lets them tick. */
    void start(int workerCount) {
        workers.open(workerCount);
        List<Placed> placed = new ArrayList<>();
        for (CellSeat seat : seats.all()) {
            Cell cell = seat.cell();
            int worker = PlacementPlan.seatFor(seat.id(), placed, workerCount);
            placed.add(new Placed(seat.id(), worker, cell == null ? 0 : cell.entityCount()));
            seat.moveTo(workers.loops().get(worker));
        }
        workers.start();
        thread.scheduleWithFixedDelay(this::step, STEP_MILLIS, STEP_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Nobody decides any more, then nobody ticks any more. */
    void stop(long millisMax) {
        thread.shutdown();
        try {
            thread.awaitTermination(STOP_MILLIS_MAX, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        workers.stop(millisMax);
    }

    private void step() {
        try {
            watch.look();
            if (++stepCount > WARM_UP_STEPS) {
                warm = true;
                pace();
            }
            if (stepCount % STEPS_PER_LOOK == 0) {
                crowds.look(latestTick(), posture.rung().compareTo(Rung.SPLIT) >= 0);
                spread();
            }
            crowds.step();
            herald.deliver();
        } catch (RuntimeException | Error bug) { // whatever gets through ends the governor for good
            LOG.atError()
                    .setCause(bug)
                    .addKeyValue("world", world)
                    .log("a step of the governor failed; the next one comes");
        }
    }

    private void pace() {
        if (clock.shared()) {
            return; // it is for the leading coordinator to decide
        }
        StrainReading strain = strain();
        Posture before = posture;
        Posture now = ladder.step(strain.busyPercent(), strain.behindTicks());
        if (now.equals(before)) {
            return;
        }
        long fromTick = latestTick() + PACE_LEAD_TICKS;
        herald.pace(new CellInput.Pace(fromTick, (float) now.dilation(), Sheds.of(now.rung())));
        herald.deliver();
        if (now.dilation() != before.dilation()) {
            clock.dilate(fromTick, now.dilation());
        }
        posture = now;
        mayDilate = ladder.mayDilate();
        boolean down = now.rung().compareTo(before.rung()) > 0 || now.dilation() < before.dilation();
        (down ? LOG.atWarn() : LOG.atInfo())
                .addKeyValue("world", world)
                .addKeyValue("fromTick", fromTick)
                .addKeyValue("rung", now.rung())
                .addKeyValue("dilation", now.dilation())
                .addKeyValue("busyPercent", strain.busyPercent())
                .log(down ? "the world cannot keep up and steps down" : "the world has room again and steps up");
    }

    /** Of the busiest and the latest worker; nothing while code is cold. Any thread. */
    StrainReading strain() {
        if (!warm) {
            return new StrainReading(0, 0);
        }
        int busyPercent = 0;
        double behindTicks = 0;
        for (WorkerLoop worker : workers.loops()) {
            busyPercent = Math.max(busyPercent, worker.rounds().busyPercent());
            behindTicks = Math.max(behindTicks, worker.rounds().behindTicks());
        }
        return new StrainReading(busyPercent, behindTicks);
    }

    /** The tick that the fastest worker runs or waits for. */
    long latestTick() {
        return workers.loops().stream().mapToLong(WorkerLoop::tick).max().orElse(0);
    }

    private void spread() {
        for (Move move : placement.step(placed(), workers.loops().size())) {
            CellSeat seat = seats.get(move.cell());
            if (seat != null) {
                WorkerLoop to = workers.loops().get(move.toWorker());
                seat.moveTo(to);
                moves.one();
                LOG.atInfo()
                        .addKeyValue("world", world)
                        .addKeyValue("cell", move.cell())
                        .addKeyValue("worker", to.name())
                        .log("another worker ticks the cell");
            }
        }
    }

    /** The worker that a cell that comes now disturbs least. */
    WorkerLoop emptiest(CellId cell) {
        return workers.loops()
                .get(PlacementPlan.seatFor(cell, placed(), workers.loops().size()));
    }

    /** Who ticks what; without cells that a stalled worker holds. */
    List<Placed> placed() {
        List<Placed> placed = new ArrayList<>();
        for (CellSeat seat : seats.all()) {
            WorkerLoop worker = seat.worker();
            int number = worker == null ? -1 : workers.number(worker);
            if (number >= 0) {
                placed.add(new Placed(seat.id(), number, seat.load().averageNanos()));
            }
        }
        return placed;
    }

    /** What every cell that is up has to do. */
    List<CellLoad> loads() {
        List<CellLoad> loads = new ArrayList<>();
        for (CellSeat seat : seats.all()) {
            Cell cell = seat.cell();
            if (cell != null && cell.phase() == Cell.Phase.RUNNING) {
                LoadWatch load = seat.load();
                loads.add(new CellLoad(
                        seat.id(),
                        cell.entityCount(),
                        cell.avatarCount(),
                        cell.waitingCount(),
                        load.p99Nanos(),
                        load.averageNanos()));
            }
        }
        return loads;
    }

    Workers workers() {
        return workers;
    }

    /** Somebody else decides how far the world steps down: it is so from now on, or soon. Any thread. */
    void follow(Posture told, boolean mayDilateMore) {
        posture = told;
        mayDilate = mayDilateMore;
    }

    /** How far the world has stepped down. Any thread. */
    Posture posture() {
        return posture;
    }

    @Override
    public boolean mayDilate() {
        return mayDilate;
    }
}
