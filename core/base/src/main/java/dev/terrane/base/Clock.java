package dev.terrane.base;

/**
 * The port for time. Only loops and doors read it and pass the reading on; pure rooms take {@code nowNanos} as an argument.
 *
 * <p>Any thread may call it.
 */
public interface Clock {
    /** Nanoseconds that only ever rise, from an arbitrary origin: for intervals and deadlines. */
    long nanos();

    /** Milliseconds since 1970-01-01 UTC: for people, tokens and records. It may jump. */
    long epochMillis();

    /** For whoever waits by this clock: deadlines of its nanoseconds. */
    default Threads threads() {
        return Threads.system();
    }

    /** The machine's clock. */
    static Clock system() {
        return SystemClock.INSTANCE;
    }
}
