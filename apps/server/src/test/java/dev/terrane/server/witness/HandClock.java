package dev.terrane.server.witness;

import dev.terrane.base.Clock;

/** Stands still until it is moved. */
final class HandClock implements Clock {
    long millis = 1_000_000;

    @Override
    public long nanos() {
        return millis * 1_000_000;
    }

    @Override
    public long epochMillis() {
        return millis;
    }
}
