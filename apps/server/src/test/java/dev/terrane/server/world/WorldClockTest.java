package dev.terrane.server.world;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.coordinator.WorldPace;
import dev.terrane.placement.Posture;
import dev.terrane.placement.Rung;
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

    @Test
    void runsSlowerFromANamedTickAndFasterAgainFromAnother() {
        long at1010 = clock.dueNanos(1_010);
        clock.dilate(1_010, 0.5);
        assertThat(clock.dueNanos(1_009)).isEqualTo(at1010 - PERIOD);
        assertThat(clock.dueNanos(1_010)).isEqualTo(at1010);
        assertThat(clock.dueNanos(1_020) - at1010).isEqualTo(20 * PERIOD);
        clock.dilate(1_020, 1);
        assertThat(clock.dueNanos(1_030) - at1010).isEqualTo(30 * PERIOD);
        assertThat(clock.dilation(1_009)).isEqualTo(1);
        assertThat(clock.dilation(1_019)).isEqualTo(0.5);
        assertThat(clock.dilation(1_020)).isEqualTo(1);
    }

    @Test
    void findsTheNextTickUnderEveryPace() {
        clock.dilate(1_010, 0.5);
        hand.forward(10 * PERIOD + 1);
        assertThat(clock.nextTick()).isEqualTo(1_011);
        hand.forward(2 * PERIOD);
        assertThat(clock.nextTick()).isEqualTo(1_012);
    }

    @Test
    void tellsTheTrueTimeOfDayOfSlowTicks() {
        clock.dilate(1_001, 0.1);
        hand.forward(PERIOD + 10 * 10 * PERIOD);
        assertThat(clock.epochMillis(1_011)).isEqualTo(hand.epochMillis());
    }

    @Test
    void isTheSameWhicheverPacesANodeHasMissed() {
        WorldClock heardAll = WorldClock.shared(hand, 1_000, hand.epochMillis(), 20);
        WorldClock cameLate = WorldClock.shared(hand, 1_000, hand.epochMillis(), 20);
        WorldPace pace = WorldPace.normal(1_000);
        for (double dilation : new double[] {0.5, 0.15, 0.95, 1, 0.35}) {
            pace = pace.then(pace.last().firstTick() + 17, new Posture(Rung.DILATION, dilation), 20);
            heardAll.follow(pace, 20);
        }
        cameLate.follow(pace, 20);
        for (long tick = pace.stretches().getFirst().firstTick(); tick < 1_200; tick++) {
            assertThat(cameLate.dueNanos(tick)).as("tick " + tick).isEqualTo(heardAll.dueNanos(tick));
        }
        assertThat(cameLate.dueNanos(1_101) - cameLate.dueNanos(1_100)).isEqualTo(PERIOD * 100 / 35);
        assertThat(cameLate.dilation(1_100)).isEqualTo(0.35);
    }

    @Test
    void slipsUnderEveryPace() {
        clock.dilate(1_010, 0.5);
        hand.forward(30 * PERIOD);
        assertThat(clock.slip(1_015)).isEqualTo(10 * PERIOD);
        assertThat(clock.dueNanos(1_015)).isEqualTo(hand.nanos());
        assertThat(clock.dueNanos(1_016)).isEqualTo(hand.nanos() + 2 * PERIOD);
    }

    @Test
    void forgetsOldPacesButNotThePresentOne() {
        for (int i = 1; i <= 20; i++) {
            clock.dilate(1_000 + i, i % 2 == 0 ? 1 : 0.5);
        }
        assertThat(clock.dueNanos(1_030) - clock.dueNanos(1_020)).isEqualTo(10 * PERIOD);
    }
}
