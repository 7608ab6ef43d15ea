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
    private volatile long p99Nanos;

    /** A tick ended. */
    void ticked(long nanos) {
        lastNanos[next] = nanos;
        next = (next + 1) % WINDOW_TICKS;
        averageNanos = averageNanos + (nanos - averageNanos) / AVERAGE_TICKS;
        if (next % SORT_TICKS == 0) {
            System.arraycopy(lastNanos, 0, sorted, 0, WINDOW_TICKS);
            Arrays.sort(sorted);
            p99Nanos = sorted[WINDOW_TICKS - 1 - WINDOW_TICKS / 100];
        }
    }

    long averageNanos() {
        return averageNanos;
    }

    /** Of the last hundred ticks, fewer after the start. */
    long p99Nanos() {
        return p99Nanos;
    }
}
