package dev.terrane.testkit;

import dev.terrane.base.Meters;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/** Meters that add up the counts of all cells by name and can be asked. */
final class Tally implements Meters {
    private final SortedMap<String, Long> counts = new TreeMap<>();

    @Override
    public Count count(String name, String... labels) {
        String key = key(name, policyOf(labels));
        return amount -> counts.merge(key, amount, Long::sum);
    }

    @Override
    public Distribution distribution(String name, String... labels) {
        return _ -> {};
    }

    @Override
    public void gauge(String name, LongSupplier read, String... labels) {}

    /** @param policy the label of this name, or empty */
    long of(String name, String policy) {
        return counts.getOrDefault(key(name, policy), 0L);
    }

    private static String key(String name, String policy) {
        return name + "/" + policy;
    }

    private static String policyOf(String... labels) {
        int at = List.of(labels).indexOf("policy");
        return at < 0 ? "" : labels[at + 1];
    }
}
