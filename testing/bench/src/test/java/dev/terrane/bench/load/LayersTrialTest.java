package dev.terrane.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.bench.load.metrics.Metrics;
import org.junit.jupiter.api.Test;

class LayersTrialTest {
    private static final String BEFORE = """
            cell_tick_nanos_sum{cell="w/0,0/0"} 1.0E9
            cell_tick_nanos_count{cell="w/0,0/0"} 100
            cell_tick_nanos_sum{cell="w/0,0/1"} 5.0E8
            cell_tick_nanos_count{cell="w/0,0/1"} 100
            """;
    private static final String AFTER = """
            cell_tick_nanos_sum{cell="w/0,0/0"} 1.3E9
            cell_tick_nanos_count{cell="w/0,0/0"} 200
            cell_tick_nanos_sum{cell="w/0,0/1"} 1.0E9
            cell_tick_nanos_count{cell="w/0,0/1"} 200
            """;

    @Test
    void takesTheMeanOfTheLayerThatWasSlowerWithinTheWindow() {
        assertThat(LayersTrial.slowestMeanMillis(Metrics.parse(BEFORE), Metrics.parse(AFTER)))
                .isEqualTo(5);
    }

    @Test
    void knowsNothingWhereNobodyTicked() {
        assertThat(LayersTrial.slowestMeanMillis(Metrics.parse(AFTER), Metrics.parse(AFTER)))
                .isNaN();
    }
}
