package dev.terrane.server.world;

import dev.terrane.base.Clock;
import dev.terrane.base.Threads;
import dev.terrane.coordinator.WorldPace;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * Says when each tick of a world is due. Deadlines are absolute, so lateness of one tick never shifts the next; only when a worker is so far behind that it
 * could not catch up does the whole world {@link #slip}, for all cells alike.
 *
 * <pre>
 *   ticks     1000 ·  ·  ·  ·  1100 ·     ·     ·     ·     1120 ·  ·  ·
 *   segments  └ dilation 1 ───┘└ dilation 0.5 ───────────┘└ dilation 1
 * </pre>
 *
 * <p>Under time dilation a tick simulates as much as ever and takes longer; {@link #dilate} names the tick from which on. Any thread may use it.
 */
final class WorldClock {
    /** Older ones are forgotten: no worker is so far behind that it still asks for them, and whoever does is told the oldest pace known. */
    private static final int SEGMENTS_MAX = 4;

    /** Of a world that is alone here: more ticks than this, two seconds at 20 Hz, are not caught up with but left out, as after a restart. The inputs for them are gone anyway. */
    private static final int CATCH_UP_TICKS_ALONE = 40;
    /** Of one that others simulate, too, who do not wait: as long as it takes to take over a cell. */
    private static final int CATCH_UP_TICKS_SHARED = 20;

    private final Clock clock;
    private final boolean shared;
    private final long periodNanos;
    private volatile Segment[] segments;
    private final long epochMillisMinusNanos;
    /** When the first tick that it was told of was due. */
    private final long beginningNanos;

    /** Ticks of one pace. The segments are in order, and each begins where the one before ends. */
    private record Segment(long firstTick, long firstDueNanos, long periodNanos, double dilation) {
        long dueNanos(long tick) {
            return firstDueNanos + (tick - firstTick) * periodNanos;
        }

        Segment later(long nanos) {
            return new Segment(firstTick, firstDueNanos + nanos, periodNanos, dilation);
        }
    }

    /** Of a world that is alone here and begins now. */
    WorldClock(Clock clock, long firstTick, int simulationHz) {
        this(clock, firstTick, clock.epochMillis(), simulationHz, false);
    }

    private WorldClock(Clock clock, long firstTick, long firstMillis, int simulationHz, boolean shared) {
        this.clock = clock;
        this.shared = shared;
        this.periodNanos = TimeUnit.SECONDS.toNanos(1) / simulationHz;
        long now = clock.nanos();
        long nowMillis = clock.epochMillis();
        long firstDueNanos = now - TimeUnit.MILLISECONDS.toNanos(nowMillis - firstMillis);
        this.beginningNanos = firstDueNanos;
        this.segments = new Segment[] {new Segment(firstTick, firstDueNanos, periodNanos, 1)};
        this.epochMillisMinusNanos = nowMillis - TimeUnit.NANOSECONDS.toMillis(now);
    }

    /**
     * Of a world that other nodes simulate, too: all go by the same time of day, so their clocks have to agree to a few milliseconds. It never slips: a node that cannot keep up leaves ticks out.
     *
     * @param firstMillis Unix time at which the first tick is due
     */
    static WorldClock shared(Clock clock, long firstTick, long firstMillis, int simulationHz) {
        return new WorldClock(clock, firstTick, firstMillis, simulationHz, true);
    }

    /** How many ticks a cell that has missed some runs in a row. */
    int catchUpTicksMax() {
        return shared ? CATCH_UP_TICKS_SHARED : CATCH_UP_TICKS_ALONE;
    }

    /** Whether other nodes go by it, too. */
    boolean shared() {
        return shared;
    }

    /** For who waits by it. */
    Threads threads() {
        return clock.threads();
    }

    long nanos() {
        return clock.nanos();
    }

    /** Between this tick and the next. */
    long periodNanos(long tick) {
        return segmentOf(tick).periodNanos();
    }

    /** Simulated time per real time after this tick. */
    double dilation(long tick) {
        return segmentOf(tick).dilation();
    }

    private Segment segmentOf(long tick) {
        Segment[] known = segments;
        int i = known.length - 1;
        while (i > 0 && known[i].firstTick() > tick) {
            i--;
        }
        return known[i];
    }

    /** When the tick should run, on the scale of {@link #nanos}. */
    long dueNanos(long tick) {
        return segmentOf(tick).dueNanos(tick);
    }

    /** The first tick that is not yet due. */
    long nextTick() {
        long now = clock.nanos();
        Segment[] known = segments;
        int i = known.length - 1;
        while (i > 0 && known[i].firstDueNanos() > now) {
            i--;
        }
        Segment segment = known[i];
        long elapsed = now - segment.firstDueNanos();
        return elapsed < 0 ? segment.firstTick() : segment.firstTick() + elapsed / segment.periodNanos() + 1;
    }

    /** The time of day that a tick stands for, in Unix milliseconds: also under dilation the one that players' clocks show. */
    long epochMillis(long tick) {
        return epochMillisMinusNanos + TimeUnit.NANOSECONDS.toMillis(dueNanos(tick));
    }

    /**
     * From this tick on, simulated time runs at this part of real time.
     *
     * @param fromTick one that no worker has begun yet, and not below the one given last time
     */
    synchronized void dilate(long fromTick, double dilation) {
        Segment[] known = segments;
        Segment last = known[known.length - 1];
        if (fromTick < last.firstTick()) {
            throw new IllegalArgumentException("tick " + fromTick + " is before " + last.firstTick());
        }
        int kept = Math.min(known.length, SEGMENTS_MAX - 1);
        Segment[] more = Arrays.copyOfRange(known, known.length - kept, known.length + 1);
        more[kept] = new Segment(fromTick, last.dueNanos(fromTick), Math.round(periodNanos / dilation), dilation);
        segments = more;
    }

    /** Of a shared clock: as all nodes have it. Whoever hears it late leaves ticks out, or waits. */
    synchronized void follow(WorldPace pace, int simulationHz) {
        segments = pace.stretches().stream()
                .map(each -> new Segment(
                        each.firstTick(),
                        beginningNanos + each.dueNanos(),
                        each.periodNanos(simulationHz),
                        each.dilation()))
                .toArray(Segment[]::new);
    }

    /** Makes this tick due now if it is overdue: the world's time stands still for as long as it was late. Returns nanoseconds slipped; a shared clock never does. */
    synchronized long slip(long tick) {
        long late = clock.nanos() - dueNanos(tick);
        if (late <= 0 || shared) {
            return 0;
        }
        segments = Arrays.stream(segments).map(segment -> segment.later(late)).toArray(Segment[]::new);
        return late;
    }
}
