package dev.terrane.link;

/**
 * When a link does something of its own accord, all in nanoseconds.
 *
 * @param heartbeatNanos a connection on which nothing else is said carries a sign of life about this often
 * @param greetingNanosMax a connection that is not open by then is closed
 * @param silenceNanosMax a connection that was not heard for so long is closed; a failure detector decides long before
 * @param retryNanosMin the first pause between two dials
 * @param retryNanosMax pauses double up to this
 */
public record LinkTimes(
        long heartbeatNanos, long greetingNanosMax, long silenceNanosMax, long retryNanosMin, long retryNanosMax) {
    private static final long MILLI = 1_000_000;
    /** Two dials that cross must not be taken for a link that is gone, not even while a node stands still for a moment. */
    private static final long FRESH_HEARTBEATS = 20;

    public LinkTimes {
        if (heartbeatNanos < MILLI
                || greetingNanosMax < heartbeatNanos
                || silenceNanosMax < 2 * heartbeatNanos
                || retryNanosMin < MILLI
                || retryNanosMax < retryNanosMin) {
            throw new IllegalArgumentException(
                    "heartbeat %d ns, greeting %d ns, silence %d ns, retry %d..%d ns: the heartbeat and the first retry must be 1 ms or more, the greeting no shorter than a heartbeat, the silence than two, the last retry than the first"
                            .formatted(
                                    heartbeatNanos, greetingNanosMax, silenceNanosMax, retryNanosMin, retryNanosMax));
        }
    }

    /** A sign of life each 50 ms, 5 s to greet, 10 s of silence, dials after 50 ms up to 2 s. */
    public static LinkTimes defaults() {
        return new LinkTimes(50 * MILLI, 5_000 * MILLI, 10_000 * MILLI, 50 * MILLI, 2_000 * MILLI);
    }

    /** Heard within this, a connection counts as alive when another one of the same pair arrives. */
    long freshNanosMax() {
        return FRESH_HEARTBEATS * heartbeatNanos;
    }
}
