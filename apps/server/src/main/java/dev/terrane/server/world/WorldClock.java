package dev.terrane.server.world;

import dev.terrane.base.Clock;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Says when each tick of a world is due. Deadlines are absolute, so lateness of one tick never shifts the next; only when a worker is so far behind that it
 * could not catch up does the whole world {@link #slip}, for all cells alike.
 *
 * <p>Any thread may use it.
 */
final class WorldClock {
    private final Clock clock;
    private final long firstTick;
    private final long periodNanos;
    private final AtomicLong originNanos;
    private final long epochMillisMinusNanos;

    WorldClock(Clock clock, long firstTick, int simulationHz) {
        this.clock = clock;
        this.firstTick = firstTick;
        this.periodNanos = TimeUnit.SECONDS.toNanos(1) / simulationHz;
        long now = clock.nanos();
        this.originNanos = new AtomicLong(now);
        this.epochMillisMinusNanos = clock.epochMillis() - TimeUnit.NANOSECONDS.toMillis(now);
    }

    long nanos() {
        return clock.nanos();
    }

    long periodNanos() {
        return periodNanos;
    }

    /** When the tick should run, on the scale of {@link #nanos}. */
    long dueNanos(long tick) {
        return originNanos.get() + (tick - firstTick) * periodNanos;
    }

    /** The first tick that is not yet due. */
    long nextTick() {
        long elapsed = clock.nanos() - originNanos.get();
        return elapsed < 0 ? firstTick : firstTick + elapsed / periodNanos + 1;
    }

    /** The time of day that a tick stands for, in Unix milliseconds. */
    long epochMillis(long tick) {
        return epochMillisMinusNanos + TimeUnit.NANOSECONDS.toMillis(dueNanos(tick));
    }

    /** Makes this tick due now if it is overdue: the world's time stands still for as long as it was late. Returns nanoseconds slipped. */
    long slip(long tick) {
        while (true) {
            long origin = originNanos.get();
            long late = clock.nanos() - (origin + (tick - firstTick) * periodNanos);
            if (late <= 0) {
                return 0;
            }
            if (originNanos.compareAndSet(origin, origin + late)) {
                return late;
            }
        }
    }
}
