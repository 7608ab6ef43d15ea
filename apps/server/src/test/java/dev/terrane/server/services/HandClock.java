package dev.terrane.server.services;

import dev.terrane.base.Clock;
import java.util.concurrent.TimeUnit;

/** Stands still until it is told to go on. */
final class HandClock implements Clock {
    private long nanos = 1;

    void pass(long millis) {
        nanos += TimeUnit.MILLISECONDS.toNanos(millis);
    }

    @Override
    public long nanos() {
        return nanos;
    }

    @Override
    public long epochMillis() {
        return TimeUnit.NANOSECONDS.toMillis(nanos);
    }
}
