package dev.terrane.server.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WorldClockTest {
    private static final long PERIOD = TimeUnit.MILLISECONDS.toNanos(50);

    private final HandClock hand = new HandClock();
    private final WorldClock clock = new WorldClock(hand, 1_000, 20);

    @Test
    void keepsDeadlinesAbsoluteHoweverLateSomebodyLooks() {
        long first = clock.dueNanos(1_000);
        hand.forward(3 * PERIOD + 7);
        assertThat(clock.dueNanos(1_010) - first).isEqualTo(10 * PERIOD);
        assertThat(clock.nextTick()).isEqualTo(1_004);
    }

    @Test
    void countsUnixMillisecondsByTicks() {
        assertThat(clock.epochMillis(1_000)).isEqualTo(hand.epochMillis());
        assertThat(clock.epochMillis(1_020) - clock.epochMillis(1_000)).isEqualTo(1_000);
    }

    @Test
    void slipsForAllTicksByWhatOneWasLate() {
        long dueBefore = clock.dueNanos(2_000);
        hand.forward(30 * PERIOD);
        assertThat(clock.slip(1_010)).isEqualTo(20 * PERIOD);
        assertThat(clock.dueNanos(1_010)).isEqualTo(hand.nanos());
        assertThat(clock.dueNanos(2_000) - dueBefore).isEqualTo(20 * PERIOD);
        assertThat(clock.epochMillis(1_010)).isEqualTo(hand.epochMillis());
    }

    @Test
    void doesNotSlipForTickThatIsNotDue() {
        assertThat(clock.slip(1_001)).isZero();
        assertThat(clock.dueNanos(1_000)).isEqualTo(hand.nanos());
    }
}
