package dev.terrane.bench.load.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MetricsTest {
    private final Metrics metrics = Metrics.parse("""
            # HELP cell_tick_nanos nothing
            cell_tick_nanos{cell="a",quantile="0.5"} 10.0
            cell_tick_nanos{cell="b",quantile="0.5"} 30.0
            cell_tick_nanos{cell="c",quantile="0.5"} NaN
            cell_tick_nanos{cell="a",quantile="0.99"} 90.0
            cell_tick_nanos_count{cell="a"} 7
            plain 5
            """);

    @Test
    void takesTheLargestWithALabel() {
        assertThat(metrics.max("cell_tick_nanos", "quantile", "0.5")).isEqualTo(30);
        assertThat(metrics.max("cell_tick_nanos", "quantile", "0.9")).isNaN();
    }

    @Test
    void sumsOverLabels() {
        assertThat(metrics.sum("cell_tick_nanos", "cell", "a")).isEqualTo(100);
        assertThat(metrics.sum("cell_tick_nanos_count")).isEqualTo(7);
        assertThat(metrics.sum("plain")).isEqualTo(5);
        assertThat(metrics.sum("absent")).isZero();
    }

    @Test
    void listsValuesByALabelAndCountsThoseAboveALimit() {
        assertThat(metrics.by("cell_tick_nanos_count", "cell"))
                .containsOnlyKeys("a")
                .containsEntry("a", 7.0);
        assertThat(metrics.countAbove("cell_tick_nanos", 25)).isEqualTo(2);
    }
}
