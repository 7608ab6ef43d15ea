package dev.terrane.server.metrics;

import dev.terrane.base.Meters;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** All meters of the process, readable in Prometheus' text format. */
public final class PrometheusMeters implements Meters, AutoCloseable {
    private static final double[] PERCENTILES = {0.5, 0.99, 0.999};

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    /** By name and labels. */
    private final Map<List<Object>, Reader> gauges = new ConcurrentHashMap<>();

    private static final class Reader {
        private volatile LongSupplier read;

        private Reader(LongSupplier read) {
            this.read = read;
        }
    }

    private final JvmGcMetrics collections = new JvmGcMetrics();

    public PrometheusMeters() {
        new JvmMemoryMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        collections.bindTo(registry);
    }

    @Override
    public Count count(String name, String... labels) {
        Counter counter = Counter.builder(name).tags(labels).register(registry);
        return counter::increment;
    }

    @Override
    public Distribution distribution(String name, String... labels) {
        DistributionSummary summary = DistributionSummary.builder(name)
                .tags(labels)
                .publishPercentiles(PERCENTILES)
                .register(registry);
        return summary::record;
    }

    @Override
    public void gauge(String name, LongSupplier read, String... labels) {
        // A cell that restarts registers its gauges again: the new reader replaces the one of the dead cell. Looking
        // for
        // that one among all meters would take long on a node that takes over cells: it has thousands.
        Reader reader = new Reader(read);
        Reader known = gauges.putIfAbsent(List.of(name, List.of(labels)), reader);
        if (known != null) {
            known.read = read;
            return;
        }
        Gauge.builder(name, reader, each -> each.read.getAsLong())
                .tags(labels)
                .strongReference(true)
                .register(registry);
    }

    /** @param labels as {@code cell=w/0,0#0 lane=players} */
    public record Reading(String name, String labels, long value) {}

    /** What gauges of these names say now. Some look at things that take their time. */
    public List<Reading> readings(Set<String> names) {
        List<Reading> found = new ArrayList<>();
        gauges.forEach((key, reader) -> {
            if (names.contains(String.valueOf(key.getFirst())) && key.getLast() instanceof List<?> labels) {
                StringJoiner text = new StringJoiner(" ");
                for (int i = 0; i + 1 < labels.size(); i += 2) {
                    text.add(labels.get(i) + "=" + labels.get(i + 1));
                }
                found.add(new Reading(String.valueOf(key.getFirst()), text.toString(), reader.read.getAsLong()));
            }
        });
        return found;
    }

    /** Everything, in the text format that Prometheus reads. */
    public String scrape() {
        return registry.scrape();
    }

    /** A percentile of a distribution as measured of late, in its unit; NaN when nothing was recorded. */
    public double percentile(String name, double percentile, String... labels) {
        DistributionSummary summary = registry.find(name).tags(labels).summary();
        if (summary == null) {
            return Double.NaN;
        }
        for (var value : summary.takeSnapshot().percentileValues()) {
            if (value.percentile() == percentile) {
                return value.value();
            }
        }
        return Double.NaN;
    }

    @Override
    public void close() {
        collections.close();
        registry.close();
    }
}
