package dev.terrane.server.world;

import dev.terrane.base.Meters;
import dev.terrane.base.Threads;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread that ticks the seats that stand with it, one after the other, at each deadline of the world's clock.
 *
 * <p>A late tick runs at once; a worker that is more than {@link #BEHIND_TICKS_MAX} ticks behind slips the world's clock instead of running ticks in a burst.
 */
final class WorkerLoop {
    /** Catching up faster than this would starve everything else on the machine: 5 ticks are a quarter of a second at 20 Hz. */
    static final int BEHIND_TICKS_MAX = 5;

    /** While time can still be slowed down, overload is not answered by standing still before the world is so far behind. */
    static final int BEHIND_TICKS_DILATABLE_MAX = 40;

    /** What the first cells said waits so long for the others of the round, and for none that usually takes longer. */
    private static final long SILENCE_NANOS_MAX = 2_000_000;

    private static final CellSeat[] NOBODY = {};
    private static final Logger LOG = LoggerFactory.getLogger(WorkerLoop.class);

    private final WorldClock clock;
    private final Seats seats;
    private final Pressure pressure;
    private final Runnable afterRound;
    private final Threads.Strand thread;
    private final Posting idle = new Posting(this, true);
    private final Posting ticking = new Posting(this, false);
    private final RoundWatch rounds = new RoundWatch();
    private final Meters.Count late;
    private final Meters.Count slippedNanos;
    private final Meters.Count leftOut;
    private final Meters.Distribution delayNanos;
    private final Meters.Distribution roundNanos;
    private volatile boolean running = true;
    private volatile boolean poked;
    private volatile long tickCount;
    private volatile long beatNanos;
    private volatile long tick;
    /** What it ticks now; null between rounds. */
    private volatile @Nullable CellSeat at;

    /** How a seat stands with a worker. Compared by identity: each worker has two of them. */
    record Posting(WorkerLoop worker, boolean idle) {}

    /** @param afterRound lets the gateways read what the cells have said; also called in the midst of a long round */
    WorkerLoop(String name, WorldClock clock, Seats seats, Pressure pressure, Runnable afterRound, Meters meters) {
        this.clock = clock;
        this.seats = seats;
        this.pressure = pressure;
        this.afterRound = afterRound;
        this.thread = clock.threads().strand(name, this::run);
        this.beatNanos = clock.nanos();
        this.tick = clock.nextTick();
        this.late = meters.count("world_ticks_late", "worker", name);
        this.slippedNanos = meters.count("world_slipped_nanos", "worker", name);
        this.leftOut = meters.count("world_ticks_left_out", "worker", name);
        this.delayNanos = meters.distribution("world_tick_delay_nanos", "worker", name);
        this.roundNanos = meters.distribution("worker_round_nanos", "worker", name);
        meters.gauge("worker_tick_count", () -> tickCount, "worker", name);
        meters.gauge("worker_heartbeat_age_nanos", () -> clock.nanos() - beatNanos, "worker", name);
        meters.gauge("worker_load_percent", rounds::busyPercent, "worker", name);
    }

    Posting idle() {
        return idle;
    }

    Posting ticking() {
        return ticking;
    }

    void start() {
        thread.start();
    }

    String name() {
        return thread.name();
    }

    /** Seats have come that may have missed a tick: looks at them at once. Any thread. */
    void poke() {
        poked = true;
        thread.wake();
    }

    /** Ticks run so far: the heartbeat (R10). Any thread. */
    long tickCount() {
        return tickCount;
    }

    /** The tick that it runs or waits for. Any thread. */
    long tick() {
        return tick;
    }

    RoundWatch rounds() {
        return rounds;
    }

    /** Nanoseconds since it last showed life when it should have: while it waits for a deadline it owes none. Any thread. */
    long silenceNanos() {
        long now = clock.nanos();
        return at == null ? Math.min(now - beatNanos, now - clock.dueNanos(tick)) : now - beatNanos;
    }

    /** The seat whose cell it ticks now; null between rounds. Any thread. */
    @Nullable
    CellSeat at() {
        return at;
    }

    /** Whether it goes on to the next tick, of the seat that it is at, too. */
    boolean running() {
        return running;
    }

    Threads.Strand thread() {
        return thread;
    }

    /** Ends the loop after the cell that it ticks now, without waiting for that. */
    void retire() {
        running = false;
        thread.wake();
    }

    /** Ends the loop after the current tick and waits for it. */
    void stop(long millisMax) throws InterruptedException {
        retire();
        thread.join(millisMax);
    }

    private void run() {
        while (running) {
            if (!waitFor(tick)) {
                return;
            }
            long behind = clock.nanos() - clock.dueNanos(tick);
            long period = clock.periodNanos(tick);
            delayNanos.record(Math.max(0, behind));
            rounds.behind(behind, period);
            if (behind > period) {
                late.one();
            }
            if (behind > behindTicksMax() * period) {
                slip();
            }
            long started = clock.nanos();
            round(tick);
            tickCount++;
            long took = beatNanos - started;
            roundNanos.record(took);
            rounds.ran(took, period);
            tick++;
        }
    }

    /** A pause of the whole process slips the clock; overload is first answered by slower time, as long as there is any left. */
    private int behindTicksMax() {
        return rounds.busyPercent() > 100 && pressure.mayDilate() ? BEHIND_TICKS_DILATABLE_MAX : BEHIND_TICKS_MAX;
    }

    private void slip() {
        if (clock.shared()) {
            long first = tick;
            tick = Math.max(tick, clock.nextTick() - 1);
            leftOut.add(tick - first);
            LOG.atWarn()
                    .addKeyValue("worker", name())
                    .addKeyValue("tick", first)
                    .log("{} ticks are left out: this worker could not keep up", tick - first);
            return;
        }
        long slipped = clock.slip(tick);
        slippedNanos.add(slipped);
        LOG.atWarn()
                .addKeyValue("worker", name())
                .addKeyValue("tick", tick)
                .log("the world stood still for {} ms: this worker could not keep up", slipped / 1_000_000);
    }

    private void round(long upTo) {
        beatNanos = clock.nanos();
        long unheardSinceNanos = 0;
        for (CellSeat seat : seats.mayTick() ? seats.all() : NOBODY) {
            if (seat.worker() == this) {
                long waited = unheardSinceNanos == 0 ? 0 : beatNanos - unheardSinceNanos;
                if (unheardSinceNanos != 0 && waited + seat.load().averageNanos() > SILENCE_NANOS_MAX) {
                    letGatewaysRead();
                    unheardSinceNanos = 0;
                }
                unheardSinceNanos = unheardSinceNanos == 0 ? beatNanos : unheardSinceNanos;
                at = seat;
                seat.tick(this, upTo, clock);
                beatNanos = clock.nanos();
                if (!running) {
                    break; // Somebody else ticks the others by now.
                }
            }
        }
        beatNanos = clock.nanos();
        at = null;
        letGatewaysRead();
    }

    /** Nobody's fault there may end this thread, which ticks cells. */
    private void letGatewaysRead() {
        try {
            afterRound.run();
        } catch (RuntimeException bug) {
            LOG.atError().setCause(bug).addKeyValue("worker", name()).log("gateways could not be woken after a round");
        }
    }

    /** False when the loop should end instead. */
    private boolean waitFor(long next) {
        long remaining;
        while ((remaining = clock.dueNanos(next) - clock.nanos()) > 0) {
            if (!running) {
                return false;
            }
            if (poked) {
                poked = false;
                round(next - 1);
            } else {
                clock.threads().park(remaining);
            }
        }
        return running;
    }
}
