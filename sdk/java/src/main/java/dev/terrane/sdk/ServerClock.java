package dev.terrane.sdk;

/** What the server's clock shows, from answered pings: the fastest of the last few tells best. Not thread-safe. */
final class ServerClock {
    private static final int TRIP_COUNT = 8;

    private final double[] rtts = new double[TRIP_COUNT];
    private final double[] offsets = new double[TRIP_COUNT];
    private int tripCount;
    private double rttMillis = Double.NaN;
    private double offsetMillis = Double.NaN;

    /** Returns this trip's duration. */
    double pong(double sentAtMillis, double serverTimeMillis, double nowMillis) {
        double rtt = Math.max(0, nowMillis - sentAtMillis);
        rttMillis = Double.isNaN(rttMillis) ? rtt : rttMillis + (rtt - rttMillis) / 8;
        rtts[tripCount % TRIP_COUNT] = rtt;
        offsets[tripCount % TRIP_COUNT] = serverTimeMillis + rtt / 2 - nowMillis;
        tripCount++;
        int best = 0;
        for (int i = 1; i < Math.min(tripCount, TRIP_COUNT); i++) {
            best = rtts[i] < rtts[best] ? i : best;
        }
        offsetMillis = offsets[best];
        return rtt;
    }

    /** After a reconnect another path may lead to another server. */
    void reset() {
        tripCount = 0;
        offsetMillis = Double.NaN;
    }

    double rttMillis() {
        return rttMillis;
    }

    /** Server time minus local time; NaN until the first answer. */
    double offsetMillis() {
        return offsetMillis;
    }
}
