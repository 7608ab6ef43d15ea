package dev.terrane.sdk;

/**
 * How far ahead of the server the own avatar lives: so far that each input comes just in time for the tick that it is for. The TypeScript client has the same
 * machine, and both give the golden answers; docs/NETCODE.md explains it.
 *
 * <p>What snapshots are expected to have arrived by now, and the fastest round trip, tell which moment of the server an input that is sent now will meet. A
 * reserve comes on top, for those that are slower. How much of it is needed, the server tells: the least margin that inputs had.
 *
 * <p>Not thread-safe.
 */
final class Lead {
    /** An input is to come so early for its tick: less, and the next one may be too late. */
    private static final double WANTED_MILLIS = 12;
    /** What is earlier than this beyond what is wanted is given back, slowly: what was late once is often late again. */
    private static final double SPARE_MILLIS = 8;

    private static final double GIVEN_BACK_MILLIS_MAX = 3;
    private static final double RESERVE_MILLIS_MAX = 200;
    /** More than this at a time is not added: the next report tells whether it was enough. */
    private static final double ADDED_MILLIS_MAX = 40;
    /** So late is a connection that stood still. No reserve would have helped, so it is no reason for one, unless it lasts. */
    private static final double STALL_MILLIS = 120;

    private static final int STALL_REPORTS_MAX = 3;
    /** Inputs that are under way when the reserve grows, beside the round trip: two reports of the server. */
    private static final double OLD_NEWS_MILLIS = 500;
    /** How much faster or slower than real time the own avatar lives until it is where it should be. */
    private static final double SPEED_CHANGE_MAX = 0.05;
    /** Farther off than this no speed would help soon. */
    private static final double JUMP_MILLIS = 250;

    private double reserveMillis = WANTED_MILLIS;
    private int lateReports;
    private double believedFromMillis = Double.NEGATIVE_INFINITY;
    private double shownMillis = Double.NaN;
    private double shownAtMillis;

    /** Beyond the fastest round trip. */
    double reserveMillis() {
        return reserveMillis;
    }

    /**
     * The server's time for which to act now. It does not run backwards, unless it has to jump.
     *
     * @param arrivedMillis the server's time that snapshots are expected to have told about by now
     * @param roundTripMillis the fastest there can be
     */
    double serverTimeMillis(double arrivedMillis, double roundTripMillis, double nowMillis) {
        double goal = arrivedMillis + roundTripMillis + reserveMillis;
        double elapsed = Math.max(0, nowMillis - shownAtMillis);
        double away = goal - shownMillis - elapsed;
        if (Math.abs(away) <= JUMP_MILLIS) {
            shownMillis += elapsed + Math.min(SPEED_CHANGE_MAX * elapsed, Math.max(-SPEED_CHANGE_MAX * elapsed, away));
        } else {
            shownMillis = goal; // also the first time, when nothing was shown yet
        }
        shownAtMillis = Math.max(shownAtMillis, nowMillis);
        return shownMillis;
    }

    /**
     * The server tells how early inputs were.
     *
     * @param millis the least of the last while; negative: too late
     */
    void margin(double millis, double roundTripMillis, double nowMillis) {
        if (nowMillis < believedFromMillis) {
            return; // it is of inputs from before the last change
        }
        lateReports = millis < -STALL_MILLIS ? lateReports + 1 : 0;
        if (millis < -STALL_MILLIS && lateReports < STALL_REPORTS_MAX) {
            return;
        }
        double before = reserveMillis;
        if (millis < WANTED_MILLIS) {
            reserveMillis += Math.min(WANTED_MILLIS - millis, ADDED_MILLIS_MAX);
        } else if (millis > WANTED_MILLIS + SPARE_MILLIS) {
            reserveMillis -= Math.min((millis - WANTED_MILLIS) / 8, GIVEN_BACK_MILLIS_MAX);
        }
        reserveMillis = Math.min(RESERVE_MILLIS_MAX, Math.max(0, reserveMillis));
        if (reserveMillis > before) {
            believedFromMillis =
                    nowMillis + roundTripMillis + OLD_NEWS_MILLIS + (reserveMillis - before) / SPEED_CHANGE_MAX;
        }
    }

    /** @param jitterMillis by how much round trips differ */
    void reset(double jitterMillis) {
        reserveMillis = Math.min(RESERVE_MILLIS_MAX, WANTED_MILLIS + 2 * jitterMillis);
        lateReports = 0;
        believedFromMillis = Double.NEGATIVE_INFINITY;
    }
}
