package dev.terrane.server.world;

import dev.terrane.base.Meters;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** Remembers counts by name, and nothing else. */
final class CountedMeters implements Meters {
    private final Map<String, AtomicLong> counts = new ConcurrentHashMap<>();

    long of(String name) {
        AtomicLong count = counts.get(name);
        return count == null ? 0 : count.get();
    }

    @Override
    public Count count(String name, String... labels) {
        return counts.computeIfAbsent(name, _ -> new AtomicLong())::addAndGet;
    }

    @Override
    public Distribution distribution(String name, String... labels) {
        return _ -> {};
    }

    @Override
    public void gauge(String name, LongSupplier read, String... labels) {}
}
