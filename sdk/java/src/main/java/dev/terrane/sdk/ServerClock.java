package dev.terrane.sdk;

/**
 * What the server's clock shows, from answered pings. The TypeScript client has the same machine, and both give the golden answers; docs/NETCODE.md explains it.
 *
 * <p>Each trip gives two bounds that are true whatever the network did: the server stamped its answer after the ping was sent and before the answer was received. The
 * fastest way there of the last trips and the fastest way back, which need not be of the same trip, leave the least room, and the offset is in its middle.
 *
 * <p>Not thread-safe.
 */
final class ServerClock {
    /** Trips whose bounds are believed: with one ping each half second, 16 s, in which a clock that is 100 ppm fast gains 1.6 ms. */
    private static final int TRIP_COUNT = 32;
    /** So many pings come quickly; until their answers are here, what is shown is the estimate itself. */
    private static final int FIRST_TRIP_COUNT = 16;

    private static final double FIRST_PING_INTERVAL_MILLIS = 125;
    private static final double PING_INTERVAL_MILLIS = 500;
    /** What is shown goes this part of the way to the estimate with each trip, so that nobody sees it move. */
    private static final double SLIDE = 0.05;
    /** Farther off than this it would slide for too long, and jumps. */
    private static final double JUMP_MILLIS = 50;
    /** Bounds that contradict each other by more than this were of different clocks: one of them was set, or stood still in a sleeping machine. */
    private static final double CONTRADICTION_MILLIS = 20;

    private final Highest atLeast = new Highest(TRIP_COUNT);
    /** Negated: the highest of them belongs to the lowest upper bound. */
    private final Highest atMost = new Highest(TRIP_COUNT);

    private int tripCount;
    private int pingCount;
    private double nextPingAtMillis = Double.NEGATIVE_INFINITY;
    private double lastRttMillis = Double.NaN;
    private double rttMillis = Double.NaN;
    private double jitterMillis;
    private double offsetMillis = Double.NaN;

    /** Whether to ping now. Whoever asks and hears yes has to do it. */
    boolean pingDue(double nowMillis) {
        if (nowMillis < nextPingAtMillis) {
            return false;
        }
        nextPingAtMillis =
                nowMillis + (pingCount < FIRST_TRIP_COUNT ? FIRST_PING_INTERVAL_MILLIS : PING_INTERVAL_MILLIS);
        pingCount++;
        return true;
    }

    /** Returns this trip's duration. */
    double pong(double sentAtMillis, double serverTimeMillis, double receivedAtMillis) {
        double rtt = Math.max(0, receivedAtMillis - sentAtMillis);
        double lower = serverTimeMillis - receivedAtMillis;
        double upper = lower + rtt;
        measure(rtt);
        double contradiction = Math.max(lower + atMost.value(), atLeast.value() - upper);
        if (contradiction > CONTRADICTION_MILLIS) {
            forgetTrips();
        }
        atLeast.add(lower);
        atMost.add(-upper);
        double estimate = (atLeast.value() - atMost.value()) / 2;
        double away = estimate - offsetMillis;
        boolean first = tripCount < FIRST_TRIP_COUNT;
        offsetMillis = first || Math.abs(away) > JUMP_MILLIS ? estimate : offsetMillis + away * SLIDE;
        tripCount++;
        return rtt;
    }

    /** After a reconnect another path may lead to another server. */
    void reset() {
        forgetTrips();
        offsetMillis = Double.NaN;
        lastRttMillis = Double.NaN;
        nextPingAtMillis = Double.NEGATIVE_INFINITY;
    }

    /** Smoothed; NaN until the first answer. */
    double rttMillis() {
        return rttMillis;
    }

    /** By how much a round trip differs from the one before it, smoothed as in RFC 3550; 0 until there are two. */
    double jitterMillis() {
        return jitterMillis;
    }

    /** As fast as a round trip can be: the fastest way there of the last trips and the fastest way back. NaN until the first answer. */
    double fastestRttMillis() {
        return tripCount == 0 ? Double.NaN : -(atMost.value() + atLeast.value());
    }

    /** Server time minus local time; NaN until the first answer. */
    double offsetMillis() {
        return offsetMillis;
    }

    private void measure(double rtt) {
        rttMillis = Double.isNaN(rttMillis) ? rtt : rttMillis + (rtt - rttMillis) / 8;
        if (!Double.isNaN(lastRttMillis)) {
            jitterMillis += (Math.abs(rtt - lastRttMillis) - jitterMillis) / 16;
        }
        lastRttMillis = rtt;
    }

    private void forgetTrips() {
        atLeast.clear();
        atMost.clear();
        tripCount = 0;
        pingCount = 0;
    }
}
