package dev.terrane.games.skirmish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.terrane.base.Rng;
import org.junit.jupiter.api.Test;

class SweepTest {
    @Test
    void meetsACircleThatLiesBetweenTwoTicks() {
        assertThat(Sweep.circle(-10, 0, 20, 0, 1)).isCloseTo(0.45f, within(1e-4f));
        assertThat(Sweep.circle(-10, 0.9f, 20, 0, 1)).isBetween(0.45f, 0.5f);
    }

    @Test
    void missesWhatIsBesideBehindOrTooFar() {
        assertThat(Sweep.circle(-10, 1.1f, 20, 0, 1)).isEqualTo(Sweep.MISS);
        assertThat(Sweep.circle(10, 0, 20, 0, 1)).isEqualTo(Sweep.MISS);
        assertThat(Sweep.circle(-10, 0, 5, 0, 1)).isEqualTo(Sweep.MISS);
        assertThat(Sweep.circle(-10, 0, 0, 0, 1)).isEqualTo(Sweep.MISS);
    }

    @Test
    void meetsAtOnceWhatItIsInside() {
        assertThat(Sweep.circle(0.5f, 0, 0, 0, 1)).isZero();
    }

    @Test
    void aimsWhereTheTargetWillBe() {
        long seed = 99;
        Rng rng = new Rng(seed);
        for (int i = 0; i < 1_000; i++) {
            float x = rng.nextFloat(-120, 120);
            float y = rng.nextFloat(-120, 120);
            float vx = rng.nextFloat(-70, 70);
            float vy = rng.nextFloat(-70, 70);
            float seconds = Sweep.lead(x, y, vx, vy, 160);
            float flown = Angles.length(x + vx * seconds, y + vy * seconds);
            assertThat(flown).as("seed %d, case %d", seed, i).isCloseTo(160 * seconds, within(0.1f));
        }
    }

    @Test
    void doesNotLeadATargetThatIsFasterThanTheBolt() {
        assertThat(Sweep.lead(100, 0, 200, 0, 160)).isZero();
    }
}
