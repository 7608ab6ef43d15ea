package dev.terrane.bench.load.os;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class CoreClockTest {
    private static final List<String> STAT = List.of(
            "cpu  30 0 30 1000 7 0 0 0 0 0", "cpu0 10 1 12 500 3 2 4 8 0 0", "cpu1 20 0 18 500 4 0 0 0 0 0", "intr 5");

    @Test
    void countsEverythingButIdleAndWaiting() {
        assertThat(CoreClock.busyMicros(STAT, 0)).isEqualTo((10 + 1 + 12 + 2 + 4 + 8) * 10_000L);
        assertThat(CoreClock.busyMicros(STAT, 1)).isEqualTo(380_000);
    }

    @Test
    void refusesACoreThatIsNotThere() {
        assertThatThrownBy(() -> CoreClock.busyMicros(STAT, 2)).isInstanceOf(UnusableMachineException.class);
    }
}
