package dev.terrane.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrometheusMetersTest {
    @Test
    void aGaugeThatIsRegisteredAgainIsReadWhereItWasRegisteredLast() {
        try (PrometheusMeters meters = new PrometheusMeters()) {
            meters.gauge("cell_waiting", () -> 1, "cell", "a");
            meters.gauge("cell_waiting", () -> 2, "cell", "b");
            meters.gauge("cell_waiting", () -> 3, "cell", "a");
            assertThat(meters.scrape()).contains("cell_waiting{cell=\"a\"} 3").contains("cell_waiting{cell=\"b\"} 2");
        }
    }
}
