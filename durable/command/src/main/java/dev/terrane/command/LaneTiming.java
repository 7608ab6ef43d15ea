package dev.terrane.command;

import dev.terrane.base.Rng;

/**
 * How patient a {@link LaneConsumer} is.
 *
 * @param leaseMillis how long a lease holds without being renewed; it is renewed after a third of that
 * @param retryNanosMin pause after the first fault of a receiver or handler; four times as long after each further one
 * @param retryNanosMax the longest such pause
 * @param answerNanosMax after which a receiver that has not answered counts as unavailable
 * @param pollNanosMin pause of a consumer that has found its row empty or the store away; twice as long each time
 * @param pollNanosMax the longest such pause
 * @param settleNanosMax how long settlements gather before they are written together: results are told before that, and a crash in between costs a redelivery
 */
public record LaneTiming(
        long leaseMillis,
        long retryNanosMin,
        long retryNanosMax,
        long answerNanosMax,
        long pollNanosMin,
        long pollNanosMax,
        long settleNanosMax) {
    private static final long MILLI = 1_000_000;

    /** Takes over from a dead node within 5 s; gives a receiver about a minute before a command is dead. */
    public static LaneTiming standard() {
        return new LaneTiming(
                5_000, 200 * MILLI, 60_000 * MILLI, 30_000 * MILLI, 20 * MILLI, 1_000 * MILLI, 250 * MILLI);
    }

    long leaseNanos() {
        return leaseMillis * MILLI;
    }

    /** Half as long to one and a half times as long as it would be without chance: what failed together should not come back together. */
    long retryNanos(int faultCount, Rng rng) {
        long pause = retryNanosMin << Math.min(40, 2 * (faultCount - 1));
        return jittered(pause < retryNanosMin || pause > retryNanosMax ? retryNanosMax : pause, rng);
    }

    long pollNanos(int emptyCount, Rng rng) {
        return jittered(Math.min(pollNanosMax, pollNanosMin << Math.min(20, emptyCount - 1)), rng);
    }

    static long jittered(long nanos, Rng rng) {
        return nanos / 2 + (long) (nanos * (double) rng.nextFloat());
    }
}
