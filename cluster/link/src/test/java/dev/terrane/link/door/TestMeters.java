package dev.terrane.link.door;

import dev.terrane.base.Meters;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** Meters that can be read back. */
final class TestMeters implements Meters {
    private final ConcurrentHashMap<String, AtomicLong> counts = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, LongSupplier> gauges = new ConcurrentHashMap<>();

    long counted(String name, String... labels) {
        AtomicLong count = counts.get(key(name, labels));
        return count == null ? 0 : count.get();
    }

    long gauged(String name, String... labels) {
        LongSupplier gauge = gauges.get(key(name, labels));
        return gauge == null ? -1 : gauge.getAsLong();
    }

    @Override
    public Count count(String name, String... labels) {
        AtomicLong count = counts.computeIfAbsent(key(name, labels), unseen -> new AtomicLong());
        return count::addAndGet;
    }

    @Override
    public Distribution distribution(String name, String... labels) {
        return value -> {};
    }

    @Override
    public void gauge(String name, LongSupplier read, String... labels) {
        gauges.put(key(name, labels), read);
    }

    private static String key(String name, String... labels) {
        return name + " " + String.join(" ", labels);
    }
}
