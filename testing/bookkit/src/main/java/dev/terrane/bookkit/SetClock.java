package dev.terrane.bookkit;

import dev.terrane.base.Clock;

/** Time as the trial wants it. Any thread may read it. */
public final class SetClock implements Clock {
    private static final long NANOS_PER_MILLI = 1_000_000;
    private volatile long millis;

    public SetClock(long millis) {
        this.millis = millis;
    }

    /** Goes on. */
    public void set(long later) {
        millis = later;
    }

    @Override
    public long nanos() {
        return millis * NANOS_PER_MILLI;
    }

    @Override
    public long epochMillis() {
        return millis;
    }
}
