package dev.terrane.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RngTest {
    @Test
    void givesThePublishedNumbersOfSplitMix64() {
        // First outputs for seed 1234567, as listed with many implementations of the algorithm.
        Rng rng = new Rng(1_234_567);
        assertThat(Long.toUnsignedString(rng.nextLong())).isEqualTo("6457827717110365317");
        assertThat(Long.toUnsignedString(rng.nextLong())).isEqualTo("3203168211198807973");
        assertThat(Long.toUnsignedString(rng.nextLong())).isEqualTo("9817491932198370423");
    }

    @Test
    void goesOnFromARestoredState() {
        Rng first = new Rng(42);
        first.nextLong();
        Rng second = new Rng(0);
        second.restore(first.state());
        assertThat(second.nextLong()).isEqualTo(first.nextLong());
    }

    @Test
    void staysWithinItsBounds() {
        Rng rng = new Rng(7);
        int[] seen = new int[6];
        double sum = 0;
        for (int i = 0; i < 60_000; i++) {
            seen[rng.nextInt(6)]++;
            float share = rng.nextFloat();
            assertThat(share).isBetween(0f, Math.nextDown(1f));
            sum += share;
        }
        for (int count : seen) {
            assertThat(count).isCloseTo(10_000, within(400));
        }
        assertThat(sum / 60_000).isCloseTo(0.5, within(0.01));
        assertThat(rng.nextInt(1)).isZero();
        assertThatThrownBy(() -> rng.nextInt(0)).hasMessageContaining("must be positive");
    }

    @Test
    void chanceZeroNeverComesAndChanceOneAlways() {
        Rng rng = new Rng(9);
        for (int i = 0; i < 1_000; i++) {
            assertThat(rng.chance(0)).isFalse();
            assertThat(rng.chance(1)).isTrue();
        }
    }
}
