package dev.terrane.bench.load;

import java.util.Collection;

/** The middle of some numbers. */
final class Median {
    private Median() {}

    /** NaN when there are none. */
    static double of(Collection<Double> numbers) {
        double[] sorted =
                numbers.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int half = sorted.length / 2;
        if (sorted.length == 0) {
            return Double.NaN;
        }
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }
}
