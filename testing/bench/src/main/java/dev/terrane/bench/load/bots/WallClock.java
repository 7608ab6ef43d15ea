package dev.terrane.bench.load.bots;

import java.time.Instant;

/** Unix time to the microsecond, which never jumps while the program runs: server and bots share the machine, and so its clock. */
final class WallClock {
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double EPOCH_MINUS_NANOS_MILLIS;

    static {
        Instant now = Instant.now();
        EPOCH_MINUS_NANOS_MILLIS = now.getEpochSecond() * 1000.0 + now.getNano() / NANOS_PER_MILLI - nanoMillis();
    }

    private WallClock() {}

    static double epochMillis() {
        return EPOCH_MINUS_NANOS_MILLIS + nanoMillis();
    }

    /** On the scale of {@link System#nanoTime}. */
    static double nanoMillis() {
        return System.nanoTime() / NANOS_PER_MILLI;
    }
}
