package dev.terrane.server.world;

import dev.terrane.base.Meters;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread that ticks its cells, one after the other, at each deadline of the world's clock.
 *
 * <p>A late tick runs at once; a worker that is more than {@link #BEHIND_TICKS_MAX} ticks behind slips the world's clock instead of running ticks in a burst.
 */
final class WorkerLoop {
    /** Catching up faster than this would starve everything else on the machine: 5 ticks are a quarter of a second at 20 Hz. */
    private static final int BEHIND_TICKS_MAX = 5;

    private static final Logger LOG = LoggerFactory.getLogger(WorkerLoop.class);

    private final WorldClock clock;
    private final List<CellSeat> seats = new CopyOnWriteArrayList<>();
    private final Thread thread;
    private final Meters.Count late;
    private final Meters.Count slippedNanos;
    private final Meters.Distribution delayNanos;
    private final Meters.Distribution roundNanos;
    private volatile boolean running = true;
    private volatile long tickCount;
    private volatile long beatNanos;

    WorkerLoop(String name, WorldClock clock, Meters meters) {
        this.clock = clock;
        this.thread = new Thread(this::run, name);
        this.beatNanos = clock.nanos();
        this.late = meters.count("world_ticks_late", "worker", name);
        this.slippedNanos = meters.count("world_slipped_nanos", "worker", name);
        this.delayNanos = meters.distribution("world_tick_delay_nanos", "worker", name);
        this.roundNanos = meters.distribution("worker_round_nanos", "worker", name);
        meters.gauge("worker_tick_count", () -> tickCount, "worker", name);
        meters.gauge("worker_heartbeat_age_nanos", () -> clock.nanos() - beatNanos, "worker", name);
    }

    void add(CellSeat seat) {
        seats.add(seat);
    }

    void start() {
        thread.start();
    }

    /** Ticks run so far: the heartbeat (R10). Any thread. */
    long tickCount() {
        return tickCount;
    }

    /** Nanoseconds since the last tick ended. Any thread. */
    long silenceNanos() {
        return clock.nanos() - beatNanos;
    }

    Thread thread() {
        return thread;
    }

    /** Ends the loop after the current tick and waits for it. */
    void stop(long millisMax) throws InterruptedException {
        running = false;
        LockSupport.unpark(thread);
        thread.join(millisMax);
    }

    private void run() {
        long tick = clock.nextTick();
        while (running) {
            if (!waitFor(clock.dueNanos(tick))) {
                return;
            }
            long behind = clock.nanos() - clock.dueNanos(tick);
            delayNanos.record(Math.max(0, behind));
            if (behind > clock.periodNanos()) {
                late.one();
            }
            if (behind > BEHIND_TICKS_MAX * clock.periodNanos()) {
                long slipped = clock.slip(tick);
                slippedNanos.add(slipped);
                LOG.atWarn()
                        .addKeyValue("worker", thread.getName())
                        .addKeyValue("tick", tick)
                        .log("the world stood still for {} ms: this worker could not keep up", slipped / 1_000_000);
            }
            long simulatedAtMillis = clock.epochMillis(tick);
            long started = clock.nanos();
            for (CellSeat seat : seats) {
                seat.tick(tick, simulatedAtMillis);
            }
            tickCount++;
            beatNanos = clock.nanos();
            roundNanos.record(beatNanos - started);
            tick++;
        }
    }

    /** False when the loop should end instead. */
    private boolean waitFor(long dueNanos) {
        long remaining;
        while ((remaining = dueNanos - clock.nanos()) > 0) {
            if (!running) {
                return false;
            }
            LockSupport.parkNanos(this, remaining);
        }
        return running;
    }
}
