package dev.terrane.sdk.bots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.terrane.base.Rng;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PercentilesTest {
    private final Percentiles percentiles = new Percentiles();

    @Test
    void nothingRecordedIsZero() {
        assertThat(percentiles.millisAt(0.99)).isZero();
    }

    @Test
    void comesWithinTwoPercentOfTheSortedTruth() {
        for (long seed = 1; seed <= 20; seed++) {
            percentiles.clear();
            Rng rng = new Rng(seed);
            double[] truth = new double[2_000];
            for (int i = 0; i < truth.length; i++) {
                // From microseconds to minutes.
                truth[i] = StrictMath.pow(10, rng.nextFloat(-2, 5));
                percentiles.recordMillis(truth[i]);
            }
            Arrays.sort(truth);
            for (double share : new double[] {0.01, 0.5, 0.9, 0.99, 1}) {
                double expected = truth[(int) Math.ceil(share * truth.length) - 1];
                assertThat(percentiles.millisAt(share))
                        .as("seed %d, share %s", seed, share)
                        .isCloseTo(expected, within(expected * 0.02 + 0.001));
            }
        }
    }

    @Test
    void extremesAreClampedAndNotLost() {
        percentiles.recordMillis(-5);
        assertThat(percentiles.millisAt(1)).isZero();
        percentiles.recordMillis(1e300);
        assertThat(percentiles.millisAt(1)).isCloseTo(3_600_000, within(72_000.0));
    }
}
