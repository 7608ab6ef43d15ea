package dev.terrane.bench.load.transfers;

import java.util.Arrays;

/** Every single duration, in microseconds. One thread. */
final class Latencies {
    private static final double MICROS_PER_MILLI = 1_000;

    private int[] micros = new int[1 << 16];
    private int count;

    void addNanos(long nanos) {
        if (count == micros.length) {
            micros = Arrays.copyOf(micros, 2 * count);
        }
        micros[count++] = (int) Math.clamp(nanos / 1_000, 0, Integer.MAX_VALUE);
    }

    /** NaN: there are none. */
    double millisAt(double share) {
        if (count == 0) {
            return Double.NaN;
        }
        int[] sorted = Arrays.copyOf(micros, count);
        Arrays.sort(sorted);
        return sorted[(int) Math.min(count - 1L, Math.max(0, (long) Math.ceil(share * count) - 1))] / MICROS_PER_MILLI;
    }
}
