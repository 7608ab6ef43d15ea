package dev.terrane.gateway;

/**
 * A token bucket of one connection, kept as one number: the time at which it would be full again (the "virtual scheduling" form of
 * the generic cell rate algorithm, ITU-T I.371).
 */
final class RateBucket {
    private final long nanosPerMessage;
    private final long burstNanos;
    private long fullAtNanos;

    RateBucket(double ratePerSecond, int burst, long nowNanos) {
        this.nanosPerMessage = Math.max(1, (long) (1e9 / ratePerSecond));
        this.burstNanos = nanosPerMessage * (burst - 1);
        this.fullAtNanos = nowNanos;
    }

    /** False when the bucket is empty; that attempt costs nothing. */
    boolean tryTake(long nowNanos) {
        long behind = Math.max(0, fullAtNanos - nowNanos);
        if (behind > burstNanos) {
            return false;
        }
        fullAtNanos = nowNanos + behind + nanosPerMessage;
        return true;
    }
}
