package dev.terrane.server.world;

import dev.terrane.base.Clock;
import java.util.concurrent.TimeUnit;

/** A clock that only moves when the test says so. */
final class HandClock implements Clock {
    private long nanos = TimeUnit.HOURS.toNanos(1);

    void forward(long more) {
        nanos += more;
    }

    @Override
    public long nanos() {
        return nanos;
    }

    @Override
    public long epochMillis() {
        return 1_000_000 + TimeUnit.NANOSECONDS.toMillis(nanos);
    }
}
