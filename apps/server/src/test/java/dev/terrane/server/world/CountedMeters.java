package dev.terrane.server.world;

import dev.terrane.base.Meters;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** Remembers counts and gauges by name, whatever their labels, and can be asked. Any thread. */
public final class CountedMeters implements Meters {
    private final Map<String, AtomicLong> counts = new ConcurrentHashMap<>();
    private final Map<String, LongSupplier> gauges = new ConcurrentHashMap<>();

    /** What has been counted. */
    public long of(String name) {
        AtomicLong count = counts.get(name);
        return count == null ? 0 : count.get();
    }

    /** -1: there is none. */
    public long gauge(String name) {
        return gauges.getOrDefault(name, () -> -1).getAsLong();
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
    public void gauge(String name, LongSupplier read, String... labels) {
        gauges.put(name, read);
    }
}
