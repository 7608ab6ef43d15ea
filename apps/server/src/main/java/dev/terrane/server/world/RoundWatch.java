package dev.terrane.server.world;

/**
 * How much of its time a worker needs: the moving average of round time / period, in percent, and by how many ticks it is late.
 *
 * <p>Written by the worker, read by any thread.
 */
final class RoundWatch {
    /** Rounds that shape the average: 0.4 s at 20 Hz. */
    private static final int AVERAGE_ROUNDS = 8;

    private volatile double busy;
    private volatile double behindTicks;
    private volatile long roundCount;

    /** A round ended. */
    void ran(long nanos, long periodNanos) {
        double now = (double) nanos / periodNanos;
        long counted = roundCount + 1;
        busy += (now - busy) / Math.min(counted, AVERAGE_ROUNDS);
        roundCount = counted;
    }

    /** A round begins this late. */
    void behind(long nanos, long periodNanos) {
        behindTicks = Math.max(0, (double) nanos / periodNanos);
    }

    int busyPercent() {
        return (int) Math.round(busy * 100);
    }

    double behindTicks() {
        return behindTicks;
    }
}
