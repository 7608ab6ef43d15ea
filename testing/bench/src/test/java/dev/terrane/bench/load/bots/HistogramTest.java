package dev.terrane.bench.load.bots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class HistogramTest {
    private final Histogram histogram = new Histogram();

    @Test
    void findsPercentilesToTwoPercent() {
        for (int millis = 1; millis <= 1000; millis++) {
            histogram.addMillis(millis, 1);
        }
        assertThat(histogram.millisAt(0.5)).isCloseTo(500, within(10.0));
        assertThat(histogram.millisAt(0.99)).isCloseTo(990, within(20.0));
    }

    @Test
    void weighsByTimes() {
        histogram.addMillis(1, 99);
        histogram.addMillis(50, 1);
        assertThat(histogram.millisAt(0.99)).isCloseTo(1, within(0.05));
        assertThat(histogram.millisAt(0.999)).isCloseTo(50, within(1.0));
    }

    @Test
    void knowsNothingWhenEmptyOrCleared() {
        assertThat(histogram.millisAt(0.5)).isNaN();
        histogram.addMillis(-3, 1);
        assertThat(histogram.millisAt(0.5)).isZero();
        histogram.clear();
        assertThat(histogram.millisAt(0.5)).isNaN();
    }
}
