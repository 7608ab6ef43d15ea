package dev.terrane.steward;

/**
 * How patient a leader is. All in nanoseconds.
 *
 * @param silenceNanos after which a node that says nothing is lost; several heartbeats long
 * @param resetNanos after which a node is lost whose link broke and that has said nothing since; longer than connecting again takes
 * @param leaseNanos how long a node may act without having been heard by a leader; a new leader waits as long before it declares anybody lost, and a node that has started anew is left as long to register
 * @param answerNanos after which an entry that nobody has answered for is proposed again; longer than the log takes to say what became of it, also when an election is held, or it is there twice
 * @param moveNanos after which a move that has not come to its end is called off
 */
public record StewardTiming(long silenceNanos, long resetNanos, long leaseNanos, long answerNanos, long moveNanos) {
    private static final long MILLI = 1_000_000;

    public StewardTiming {
        if (silenceNanos < 1 || resetNanos < 1 || resetNanos > silenceNanos || leaseNanos < silenceNanos) {
            throw new IllegalArgumentException("silence " + silenceNanos + ", reset " + resetNanos + ", lease "
                    + leaseNanos + ": a broken link is noticed no later than silence, and a lease is no shorter");
        }
    }

    /** With a heartbeat every 50 ms. */
    public static StewardTiming standard() {
        return new StewardTiming(250 * MILLI, 60 * MILLI, 500 * MILLI, 3_000 * MILLI, 10_000 * MILLI);
    }
}
