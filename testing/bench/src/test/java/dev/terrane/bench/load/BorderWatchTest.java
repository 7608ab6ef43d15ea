package dev.terrane.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.bench.load.metrics.Metrics;
import org.junit.jupiter.api.Test;

class BorderWatchTest {
    @Test
    void findsTheTicksThatAShareOfHandOffsTook() {
        long[] counts = {0, 980, 15, 4, 0, 0, 0, 0, 1};
        assertThat(BorderWatch.ticksAt(counts, 0.5)).isEqualTo(1);
        assertThat(BorderWatch.ticksAt(counts, 0.99)).isEqualTo(2);
        assertThat(BorderWatch.ticksAt(counts, 0.999)).isEqualTo(3);
        assertThat(BorderWatch.ticksAt(counts, 1)).isEqualTo(8);
        assertThat(BorderWatch.ticksAt(new long[9], 1)).isNaN();
    }

    @Test
    void countsWhatCameWithinTheWindow() {
        Metrics before = Metrics.parse("plugin_crossings_after_1_total{world=\"w\"} 100.0");
        Metrics after = Metrics.parse(
                "plugin_crossings_after_1_total{world=\"w\"} 130.0\nplugin_crossings_after_2_total{world=\"w\"} 2.0");
        assertThat(BorderWatch.between(before, after)).startsWith(0, 30, 2, 0);
    }
}
