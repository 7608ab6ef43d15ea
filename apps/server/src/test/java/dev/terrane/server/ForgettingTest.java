package dev.terrane.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terrane.base.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ForgettingTest {
    private static final long NANOS_MAX = 100;

    private final AtomicLong nanos = new AtomicLong();
    private final Clock clock = new Clock() {
        @Override
        public long nanos() {
            return nanos.get();
        }

        @Override
        public long epochMillis() {
            return 0;
        }
    };
    private final Map<String, Forgetting.Place> places = new LinkedHashMap<>();

    @Test
    void aPlaceThatFailsKeepsNoOtherFromItsTurn() {
        AtomicLong old = new AtomicLong(2L * Forgetting.PIECE_COUNT_MAX + 1);
        places.put("away", _ -> {
            throw new IllegalStateException("away");
        });
        places.put("near", countMax -> take(old, countMax));
        assertThatThrownBy(new Forgetting(places, clock, NANOS_MAX)::run)
                .hasMessageContaining("away")
                .satisfies(thrown -> assertThat(thrown.getSuppressed()).hasSize(1));
        assertThat(old).hasValue(0);
    }

    @Test
    void leavesToTheNextRunWhatTakesTooLong() {
        AtomicLong old = new AtomicLong(Long.MAX_VALUE);
        places.put("full", countMax -> {
            nanos.addAndGet(30);
            return take(old, countMax);
        });
        places.put("small", _ -> 3);
        assertThat(new Forgetting(places, clock, NANOS_MAX).run())
                .isEqualTo(
                        4 * Forgetting.PIECE_COUNT_MAX + 3 + " outcomes forgotten; the next run goes on with [full]");
    }

    private static long take(AtomicLong old, int countMax) {
        long went = Math.min(countMax, old.get());
        old.addAndGet(-went);
        return went;
    }
}
