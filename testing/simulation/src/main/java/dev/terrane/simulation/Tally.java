package dev.terrane.simulation;

import dev.terrane.base.Meters;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/** Meters that add counts up by name over all cells and gateways, and let gauges be read. */
final class Tally implements Meters {
    private final SortedMap<String, Long> counts = new TreeMap<>();
    private final SortedMap<String, LongSupplier> gauges = new TreeMap<>();

    @Override
    public Count count(String name, String... labels) {
        return amount -> {
            counts.merge(name, amount, Long::sum);
            for (int i = 0; i + 1 < labels.length; i += 2) {
                if (labels[i].equals("policy") || labels[i].equals("fate")) {
                    counts.merge(name + "/" + labels[i + 1], amount, Long::sum);
                }
            }
        };
    }

    @Override
    public Distribution distribution(String name, String... labels) {
        return _ -> {};
    }

    @Override
    public void gauge(String name, LongSupplier read, String... labels) {
        gauges.put(name + " " + String.join("=", labels), read);
    }

    /** @param name of the counter, followed by "/" and the value of its label {@code policy} or {@code fate} if it is to be told apart */
    long of(String name) {
        return counts.getOrDefault(name, 0L);
    }

    /** By name, a space and the labels. */
    SortedMap<String, LongSupplier> gauges() {
        return gauges;
    }
}
