package dev.terrane.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.Rng;
import org.junit.jupiter.api.Test;

class BackoffTest {
    @Test
    void doublesUpToItsLimitAndIsNeverLessThanHalf() {
        LinkTimes times = TestEnd.TIMES;
        Backoff backoff = new Backoff(times, new Rng(1));
        long expected = times.retryNanosMin();
        for (int dial = 0; dial < 20; dial++) {
            assertThat(backoff.nextNanos()).isBetween(expected / 2, expected);
            expected = Math.min(times.retryNanosMax(), expected * 2);
        }
        backoff.reset();
        assertThat(backoff.nextNanos()).isLessThanOrEqualTo(times.retryNanosMin());
    }

    @Test
    void keepsNodesOutOfStep() {
        assertThat(new Backoff(TestEnd.TIMES, new Rng(1)).nextNanos())
                .isNotEqualTo(new Backoff(TestEnd.TIMES, new Rng(2)).nextNanos());
    }
}
