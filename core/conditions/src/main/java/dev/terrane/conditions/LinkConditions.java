package dev.terrane.conditions;

/**
 * How bad a connection's network is. The same holds for both directions, each of which has its own bad luck.
 *
 * @param rttMillis round trip, half of it each way: 0 to {@value #RTT_MILLIS_MAX}
 * @param jitterMillis up to so much more each way, evenly spread: 0 to {@value #JITTER_MILLIS_MAX}. Nothing is overtaken
 * @param stallMillis how long a direction stands still at a time, as TCP does when a packet is lost: 0 to {@value #STALL_MILLIS_MAX}
 * @param stallsPerMinute how often each direction does so on average, at random: 0 to {@value #STALLS_PER_MINUTE_MAX}
 * @param kbitPerSecond each way; 0: as much as there is
 * @param seed of its bad luck: with the same seed the same connection has it at the same moments
 */
public record LinkConditions(
        int rttMillis, int jitterMillis, int stallMillis, int stallsPerMinute, int kbitPerSecond, long seed) {
    public static final int RTT_MILLIS_MAX = 2_000;
    public static final int JITTER_MILLIS_MAX = 1_000;
    public static final int STALL_MILLIS_MAX = 5_000;
    public static final int STALLS_PER_MINUTE_MAX = 60;
    public static final int KBIT_PER_SECOND_MIN = 8;
    public static final int KBIT_PER_SECOND_MAX = 1_000_000;
    /** A link that stands still for longer than it flows is down, not bad. */
    public static final int STALLED_MILLIS_PER_MINUTE_MAX = 30_000;

    /** The network as it is. */
    public static final LinkConditions NONE = new LinkConditions(0, 0, 0, 0, 0, 0);

    /** @throws IllegalArgumentException naming what is out of range, and the range */
    public LinkConditions {
        check("rtt", rttMillis, 0, RTT_MILLIS_MAX, "ms");
        check("jitter", jitterMillis, 0, JITTER_MILLIS_MAX, "ms");
        check("stall", stallMillis, 0, STALL_MILLIS_MAX, "ms");
        check("stalls", stallsPerMinute, 0, STALLS_PER_MINUTE_MAX, "a minute");
        if (kbitPerSecond != 0) {
            check("kbps", kbitPerSecond, KBIT_PER_SECOND_MIN, KBIT_PER_SECOND_MAX, "kbit/s, or 0 for no limit");
        }
        if ((stallMillis == 0) != (stallsPerMinute == 0)) {
            throw new IllegalArgumentException(
                    "stall=%d with stalls=%d: how long (stall, ms) and how often (stalls, a minute) belong together"
                            .formatted(stallMillis, stallsPerMinute));
        }
        if (stallMillis * stallsPerMinute > STALLED_MILLIS_PER_MINUTE_MAX) {
            throw new IllegalArgumentException(
                    "stall=%d with stalls=%d: the link would stand still for %d of 60000 ms; at most %d"
                            .formatted(
                                    stallMillis,
                                    stallsPerMinute,
                                    stallMillis * stallsPerMinute,
                                    STALLED_MILLIS_PER_MINUTE_MAX));
        }
    }

    /**
     * Reads {@code rtt=100,jitter=20,stall=300,stalls=6,kbps=2000,seed=7}: any of them, in any order, or {@code none}.
     *
     * @throws IllegalArgumentException naming the part that is wrong
     */
    public static LinkConditions parse(String text) {
        return LinkConditionsText.parse(text);
    }

    /** Nothing is worse than it is: there is nothing to do. A seed alone changes nothing. */
    public boolean isNone() {
        return rttMillis == 0 && jitterMillis == 0 && stallMillis == 0 && kbitPerSecond == 0;
    }

    /** As {@link #parse} reads it; parts that are 0 are left out. */
    @Override
    public String toString() {
        return LinkConditionsText.print(this);
    }

    private static void check(String part, int value, int min, int max, String unit) {
        if (value < min || value > max) {
            throw new IllegalArgumentException("%s=%d must be %d to %d %s".formatted(part, value, min, max, unit));
        }
    }
}
