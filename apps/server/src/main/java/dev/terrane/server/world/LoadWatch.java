package dev.terrane.server.world;

import java.util.Arrays;

/**
 * What ticking one cell costs, measured where it happens.
 *
 * <p>{@link #ticked} belongs to whoever ticks the cell, the readings to any thread.
 */
final class LoadWatch {
    /** Ticks of which the slowest percent is looked at: more than one of them above a limit is a percentile above it. */
    private static final int WINDOW_TICKS = 100;

    /** The percentile is computed this often: half a second at 20 Hz. */
    private static final int SORT_TICKS = 10;

    /** Weight of the newest tick in the moving average: one second of ticks shapes it. */
    private static final int AVERAGE_TICKS = 16;

    private final long[] lastNanos = new long[WINDOW_TICKS];
    private final long[] sorted = new long[WINDOW_TICKS];
    private int next;
    private volatile long averageNanos;
    private volatile long softNanos;
    private volatile long opportunisticNanos;
    private volatile long p99Nanos;

    /**
     * A tick ended.
     *
     * @param nanos that it took, with
     * @param soft what of it was replication, and
     * @param opportunistic what of it could have been left out
     */
    void ticked(long nanos, long soft, long opportunistic) {
        lastNanos[next] = nanos;
        next = (next + 1) % WINDOW_TICKS;
        averageNanos = averaged(averageNanos, nanos);
        softNanos = averaged(softNanos, soft);
        opportunisticNanos = averaged(opportunisticNanos, opportunistic);
        if (next % SORT_TICKS == 0) {
            System.arraycopy(lastNanos, 0, sorted, 0, WINDOW_TICKS);
            Arrays.sort(sorted);
            p99Nanos = sorted[WINDOW_TICKS - 1 - WINDOW_TICKS / 100];
        }
    }

    private static long averaged(long before, long nanos) {
        return before + (nanos - before) / AVERAGE_TICKS;
    }

    long averageNanos() {
        return averageNanos;
    }

    /** Averaged, as {@link #averageNanos}, and part of it. */
    long softNanos() {
        return softNanos;
    }

    /** Averaged, as {@link #averageNanos}, and part of it. */
    long opportunisticNanos() {
        return opportunisticNanos;
    }

    /** Of the last hundred ticks, fewer after the start. */
    long p99Nanos() {
        return p99Nanos;
    }
}
