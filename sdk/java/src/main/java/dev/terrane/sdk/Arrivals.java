package dev.terrane.sdk;

/**
 * Which server time is expected to have arrived by now: as fast as the fastest of the last snapshots came. The TypeScript client's {@code playback.ts} knows it
 * the same way; docs/NETCODE.md explains it. Not thread-safe.
 */
final class Arrivals {
    /** Snapshots among which the fastest is looked for: 10 s at 20 a second. */
    private static final int SNAPSHOT_COUNT = 200;
    /** Whoever is farther off than this has set a clock. */
    private static final double JUMP_MILLIS = 500;

    private final Highest fastest = new Highest(SNAPSHOT_COUNT);
    private double offsetMillis = Double.NaN;
    private double newestMillis = Double.NaN;

    /** @param serverTimeMillis as of when the snapshot is */
    void snapshot(double serverTimeMillis, double nowMillis) {
        double offset = serverTimeMillis - nowMillis;
        if (serverTimeMillis < newestMillis - JUMP_MILLIS || offset > offsetMillis + JUMP_MILLIS) {
            reset();
        }
        fastest.add(offset);
        offsetMillis = fastest.value();
        newestMillis = Double.isNaN(newestMillis) ? serverTimeMillis : Math.max(newestMillis, serverTimeMillis);
    }

    /** NaN before the first snapshot. */
    double arrivedMillis(double nowMillis) {
        return nowMillis + offsetMillis;
    }

    /** After a reconnect another path may lead to another server. Until its first snapshot time goes on as it did. */
    void reset() {
        fastest.clear();
        newestMillis = Double.NaN;
    }
}
