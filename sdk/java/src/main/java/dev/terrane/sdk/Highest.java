package dev.terrane.sdk;

import java.util.Arrays;

/** The highest of the last so many values. Not thread-safe. */
final class Highest {
    private final double[] values;
    private int next;

    Highest(int countMax) {
        values = new double[countMax];
        clear();
    }

    void add(double value) {
        values[next] = value;
        next = (next + 1) % values.length;
    }

    /** -Infinity without any. */
    double value() {
        double highest = Double.NEGATIVE_INFINITY;
        for (double value : values) {
            highest = Math.max(highest, value);
        }
        return highest;
    }

    void clear() {
        Arrays.fill(values, Double.NEGATIVE_INFINITY);
        next = 0;
    }
}
