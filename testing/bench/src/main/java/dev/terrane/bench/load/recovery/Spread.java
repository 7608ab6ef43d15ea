package dev.terrane.bench.load.recovery;

import java.util.Arrays;
import java.util.Map;

/** Durations in nanoseconds, all of them kept. */
final class Spread {
    private static final double NANOS_PER_MICRO = 1_000;

    private long[] nanos = new long[256];
    private int count;

    void add(long duration) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * count);
        }
        nanos[count++] = duration;
    }

    void addAll(Spread other) {
        for (int i = 0; i < other.count; i++) {
            add(other.nanos[i]);
        }
    }

    void clear() {
        count = 0;
    }

    /** NaN: there are none. */
    double microsAt(double share) {
        if (count == 0) {
            return Double.NaN;
        }
        long[] sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        return sorted[(int) Math.clamp((long) Math.ceil(share * count) - 1, 0, count - 1L)] / NANOS_PER_MICRO;
    }

    /** The middle, one in a hundred, and the worst. */
    void report(String name, Map<String, Double> into) {
        into.put(name + "MicrosP50", microsAt(0.5));
        into.put(name + "MicrosP99", microsAt(0.99));
        into.put(name + "MicrosMax", microsAt(1));
    }
}
