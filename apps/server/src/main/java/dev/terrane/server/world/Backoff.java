package dev.terrane.server.world;

import java.util.concurrent.TimeUnit;

/**
 * How long to wait before the next restart of something that keeps failing: 250 ms, doubled each time up to 30 s, and from the start again once it has
 * lived for a minute. One owner at a time.
 */
final class Backoff {
    private static final long FIRST_MILLIS = 250;
    private static final long LAST_MILLIS = 30_000;
    private static final long CALM_NANOS = TimeUnit.MINUTES.toNanos(1);

    private int failures;
    private long lastFailureNanos;

    /** Counts a failure and says how long to wait. */
    long next(long nowNanos) {
        if (failures > 0 && nowNanos - lastFailureNanos > CALM_NANOS) {
            failures = 0;
        }
        lastFailureNanos = nowNanos;
        long wait = Math.min(LAST_MILLIS, FIRST_MILLIS << Math.min(failures, 16));
        failures++;
        return wait;
    }
}
