package dev.terrane.bench.load;

import dev.terrane.bench.load.arena.BorderArena;
import dev.terrane.bench.load.metrics.Metrics;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Counts hand-offs within the window, by the ticks that each took. One tick lies between two steps anyway: what is more is latency. */
final class BorderWatch implements ServerWatch {
    private static final double NANOS_PER_SECOND = 1e9;

    private final ServerProcess server;
    private @Nullable Metrics before;
    private long beganNanos;
    private long[] counts = new long[BorderArena.TICKS_MAX + 1];
    private double seconds;

    BorderWatch(ServerProcess server) {
        this.server = server;
    }

    @Override
    public void measuring() {
        before = server.metrics();
        beganNanos = System.nanoTime();
    }

    @Override
    public void measured() {
        if (before != null) {
            counts = between(before, server.metrics());
            seconds = (System.nanoTime() - beganNanos) / NANOS_PER_SECOND;
        }
    }

    static long[] between(Metrics before, Metrics after) {
        long[] counts = new long[BorderArena.TICKS_MAX + 1];
        for (int ticks = 0; ticks < counts.length; ticks++) {
            String name = "plugin_" + BorderArena.CROSSINGS + ticks + "_total";
            counts[ticks] = Math.round(after.sum(name) - before.sum(name));
        }
        return counts;
    }

    @Override
    public Map<String, Double> readings() {
        long total = 0;
        for (long count : counts) {
            total += count;
        }
        Map<String, Double> readings = new LinkedHashMap<>();
        readings.put("handoffsPerSecond", total / seconds);
        readings.put("handoffLatencyTicksP50", ticksAt(counts, 0.5) - 1);
        readings.put("handoffLatencyTicksP99", ticksAt(counts, 0.99) - 1);
        readings.put("handoffLatencyTicksP999", ticksAt(counts, 0.999) - 1);
        readings.put("handoffLatencyTicksMax", ticksAt(counts, 1) - 1);
        return readings;
    }

    /** How many ticks this share of all hand-offs took at most; NaN when there were none. */
    static double ticksAt(long[] counts, double share) {
        long total = 0;
        for (long count : counts) {
            total += count;
        }
        long rank = Math.max(1, (long) Math.ceil(share * total));
        for (int ticks = 0; ticks < counts.length; ticks++) {
            rank -= counts[ticks];
            if (rank <= 0) {
                return ticks;
            }
        }
        return Double.NaN;
    }
}
