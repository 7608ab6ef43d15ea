package dev.terrane.bench.load;

import dev.terrane.bench.load.arena.LayersArena;
import dev.terrane.bench.load.metrics.Metrics;
import dev.terrane.bench.load.os.CpuClock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Measures one way to run a crowded region: a fresh server on both cores, and nobody connected. */
final class LayersTrial {
    private static final int SPLIT_SECONDS_MAX = 90;
    private static final int SAID_SECONDS = 2;
    private static final double MICROS_PER_SECOND = 1e6;

    private final Laboratory laboratory;
    private final Map<String, String> otherSettings;
    private final int entities;
    private final int warmUpSeconds;
    private final int seconds;

    /** How the region is run. */
    enum Variant {
        ONE_CELL(1, true),
        TWO_LAYERS(2, true),
        TWO_LAYERS_WITHOUT_GHOSTS(2, false);

        final int layers;
        private final boolean ghosts;

        Variant(int layers, boolean ghosts) {
            this.layers = layers;
            this.ghosts = ghosts;
        }

        private Map<String, String> settings(int entities) {
            Map<String, String> settings = new LinkedHashMap<>(Scenario.everywhere());
            settings.put("world.game", "arena-layers");
            settings.put("world.partition", "single;width=2048;depth=2048");
            settings.put("workers.worldWorkers", Integer.toString(layers));
            if (layers > 1) {
                settings.put("worldLimits.split.enabled", "true");
                settings.put("worldLimits.softMaxEntities", Integer.toString(entities * 6 / 10));
                settings.put("worldLimits.splitTrigger.consecutiveTicks", "40");
                settings.put("worldLimits.layersMax", Integer.toString(layers));
            }
            if (!ghosts) {
                settings.put("ghosts.range", "0");
                settings.put("ghosts.followedMax", "0");
                settings.put("ghosts.max", "1");
            }
            return settings;
        }
    }

    LayersTrial(
            Laboratory laboratory, Map<String, String> otherSettings, int entities, int warmUpSeconds, int seconds) {
        this.laboratory = laboratory;
        this.otherSettings = otherSettings;
        this.entities = entities;
        this.warmUpSeconds = warmUpSeconds;
        this.seconds = seconds;
    }

    Point measure(Variant variant) throws InterruptedException {
        String what = "layers " + variant;
        Map<String, String> settings = variant.settings(entities);
        settings.putAll(otherSettings);
        List<String> flags = new ArrayList<>(laboratory.jvm());
        flags.add("-D" + LayersArena.FIGHTERS + "=" + entities);
        laboratory.progress().say(what + ": starting a server");
        try (ServerProcess server = ServerProcess.startOnBothCores(laboratory, flags, settings)) {
            for (int second = 0; server.metrics().countAbove("cell_entities", 0) < variant.layers; second++) {
                if (second == SPLIT_SECONDS_MAX) {
                    throw new IllegalStateException("the region did not split within " + second + " s");
                }
                say(what + ": waiting for " + variant.layers + " layers", second);
                TimeUnit.SECONDS.sleep(1);
            }
            wait(what + ": warming", warmUpSeconds);
            CpuClock clock = CpuClock.of(server.pid());
            Metrics before = server.metrics();
            CpuClock.Reading cpuBefore = clock.read();
            long began = System.nanoTime();
            wait(what + ": measuring", seconds);
            CpuClock.Reading cpu = clock.read().since(cpuBefore);
            Metrics after = server.metrics();
            double measured = (System.nanoTime() - began) / 1e9;
            return new Point("layers", entities, numbers(before, after, cpu, measured), List.of());
        }
    }

    private Map<String, Double> numbers(Metrics before, Metrics after, CpuClock.Reading cpu, double measured) {
        Map<String, Double> numbers = new LinkedHashMap<>();
        numbers.put("layers", (double) after.countAbove("cell_entities", 0));
        numbers.put("ghosts", after.sum("cell_ghosts"));
        numbers.put("tickMillisP50", after.max("cell_tick_nanos", "quantile", "0.5") / 1e6);
        numbers.put("tickMillisP99", after.max("cell_tick_nanos", "quantile", "0.99") / 1e6);
        numbers.put("tickMillisP999", after.max("cell_tick_nanos", "quantile", "0.999") / 1e6);
        double mean = slowestMeanMillis(before, after);
        numbers.put("tickMillisMean", mean);
        numbers.put("entityTicksPerSecond", entities / (mean / 1e3));
        numbers.put("serverCores", cpu.totalMicros() / (measured * MICROS_PER_SECOND));
        numbers.put("hitsPerSecond", rate("plugin_" + LayersArena.HITS + "_total", before, after, measured));
        numbers.put("ghostBytesPerSecond", rate("cell_ghost_batch_bytes_total", before, after, measured));
        numbers.put("ticksPerSecond", rate("worker_tick_count", before, after, measured));
        return numbers;
    }

    /** Both layers tick at the same time, so the slower one is the region's tick. */
    static double slowestMeanMillis(Metrics before, Metrics after) {
        Map<String, Double> sums = after.by("cell_tick_nanos_sum", "cell");
        Map<String, Double> counts = after.by("cell_tick_nanos_count", "cell");
        Map<String, Double> earlierSums = before.by("cell_tick_nanos_sum", "cell");
        Map<String, Double> earlierCounts = before.by("cell_tick_nanos_count", "cell");
        return sums.keySet().stream()
                .filter(cell -> counts.getOrDefault(cell, 0.0) > earlierCounts.getOrDefault(cell, 0.0))
                .mapToDouble(cell -> (sums.getOrDefault(cell, 0.0) - earlierSums.getOrDefault(cell, 0.0))
                        / (counts.getOrDefault(cell, 0.0) - earlierCounts.getOrDefault(cell, 0.0))
                        / 1e6)
                .max()
                .orElse(Double.NaN);
    }

    private static double rate(String name, Metrics before, Metrics after, double measured) {
        return (after.sum(name) - before.sum(name)) / measured;
    }

    private void wait(String what, int wholeSeconds) throws InterruptedException {
        for (int second = 0; second < wholeSeconds; second++) {
            say(what + ", " + (wholeSeconds - second) + " s left", second);
            TimeUnit.SECONDS.sleep(1);
        }
    }

    private void say(String line, int second) {
        if (second % SAID_SECONDS == 0) {
            laboratory.progress().say(line);
        }
    }
}
