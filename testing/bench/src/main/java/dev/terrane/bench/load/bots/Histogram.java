package dev.terrane.bench.load.bots;

import java.util.Arrays;

/** Counts durations in buckets that are at most 1/64 wide of what they hold, from a microsecond to an hour. Not thread-safe. */
final class Histogram {
    private static final int SUB_BITS = 6;
    private static final int SUB_COUNT = 1 << SUB_BITS;
    private static final long MICROS_MAX = 3_600_000_000L;
    private static final double MICROS_PER_MILLI = 1000;

    private final long[] counts = new long[bucket(MICROS_MAX) + 1];
    private long total;

    /** Negative ones, from clocks that are not quite equal, count as 0. */
    void addMillis(double millis, long times) {
        counts[bucket(Math.clamp((long) (millis * MICROS_PER_MILLI), 0, MICROS_MAX))] += times;
        total += times;
    }

    void clear() {
        Arrays.fill(counts, 0);
        total = 0;
    }

    /** The value that this share (0 to 1) of all is not above; NaN when there are none. */
    double millisAt(double share) {
        long rank = Math.max(1, (long) Math.ceil(share * total));
        long seen = 0;
        for (int i = 0; i < counts.length && total > 0; i++) {
            seen += counts[i];
            if (seen >= rank) {
                return upperMicros(i) / MICROS_PER_MILLI;
            }
        }
        return Double.NaN;
    }

    /** Values below 64 have a bucket each; above, every power of two is cut into 64. */
    private static int bucket(long micros) {
        if (micros < SUB_COUNT) {
            return (int) micros;
        }
        int shift = 63 - Long.numberOfLeadingZeros(micros) - SUB_BITS;
        return (int) ((shift + 1L) * SUB_COUNT + (micros >>> shift) - SUB_COUNT);
    }

    private static double upperMicros(int bucket) {
        if (bucket < SUB_COUNT) {
            return bucket;
        }
        int shift = bucket / SUB_COUNT - 1;
        long low = (long) (bucket % SUB_COUNT + SUB_COUNT) << shift;
        return low + (1L << shift) - 1;
    }
}
