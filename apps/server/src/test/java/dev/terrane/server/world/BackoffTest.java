package dev.terrane.server.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private final Backoff backoff = new Backoff();

    @Test
    void doublesUpToHalfAMinute() {
        List<Long> waits = new ArrayList<>();
        for (int failure = 0; failure < 9; failure++) {
            waits.add(backoff.next(0));
        }
        assertThat(waits).containsExactly(250L, 500L, 1_000L, 2_000L, 4_000L, 8_000L, 16_000L, 30_000L, 30_000L);
    }

    @Test
    void beginsAgainAfterACalmMinute() {
        backoff.next(0);
        backoff.next(0);
        assertThat(backoff.next(TimeUnit.SECONDS.toNanos(60))).isEqualTo(1_000);
        assertThat(backoff.next(TimeUnit.SECONDS.toNanos(121))).isEqualTo(250);
    }
}
