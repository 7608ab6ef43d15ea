package dev.terrane.server.world;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.CellId;
import dev.terrane.base.Meters;
import dev.terrane.base.RegionId;
import dev.terrane.base.WorldId;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LoadWatchTest {
    private static final long FAST = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long SLOW = TimeUnit.MILLISECONDS.toNanos(50);

    private final LoadWatch watch = new LoadWatch(
            new CellId(new WorldId("test"), new RegionId(0, 0), 0), new CrowdLimits(100, 40, 10), Meters.none());
    private long tick;

    @Test
    void callsCellCrowdedAfterTooManyEntitiesForLongEnough() {
        run(9, FAST, 101);
        assertThat(watch.crowded()).isFalse();
        run(1, FAST, 101);
        assertThat(watch.crowded()).isTrue();
    }

    @Test
    void countsAnewWhenItWasWithinItsLimitsBetween() {
        run(9, FAST, 101);
        run(1, FAST, 100);
        run(9, FAST, 101);
        assertThat(watch.crowded()).isFalse();
    }

    @Test
    void forgivesOneSlowTickInAHundredButNotTwo() {
        run(1, SLOW, 1);
        run(50, FAST, 1);
        assertThat(watch.crowded()).isFalse();
        run(1, SLOW, 1);
        run(10, FAST, 1);
        assertThat(watch.crowded()).isTrue();
    }

    @Test
    void isCalmAgainOnceTheSlowTicksAreOld() {
        run(20, SLOW, 1);
        assertThat(watch.crowded()).isTrue();
        run(98, FAST, 1);
        assertThat(watch.crowded()).isTrue();
        run(11, FAST, 1);
        assertThat(watch.crowded()).isFalse();
    }

    private void run(int ticks, long nanos, int entities) {
        for (int i = 0; i < ticks; i++) {
            watch.ticked(tick++, nanos, entities);
        }
    }
}
