package dev.terrane.bench.load.cluster;

import java.util.Arrays;

/** Measured values, all of them kept. One thread. */
final class Spread {
    private double[] values = new double[64];
    private int count;

    void add(double value) {
        if (count == values.length) {
            values = Arrays.copyOf(values, 2 * count);
        }
        values[count++] = value;
    }

    int count() {
        return count;
    }

    /** The smallest value that this share of all does not exceed. NaN: there are none. */
    double at(double share) {
        if (count == 0) {
            return Double.NaN;
        }
        double[] sorted = Arrays.copyOf(values, count);
        Arrays.sort(sorted);
        return sorted[(int) Math.clamp((long) Math.ceil(share * count) - 1, 0, count - 1L)];
    }

    double max() {
        return at(1);
    }
}
