package dev.terrane.server.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LoadWatchTest {
    private static final long FAST = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long SLOW = TimeUnit.MILLISECONDS.toNanos(50);

    private final LoadWatch watch = new LoadWatch();

    @Test
    void forgivesOneSlowTickInAHundredButNotTwo() {
        run(1, SLOW);
        run(89, FAST);
        assertThat(watch.p99Nanos()).isEqualTo(FAST);
        run(2, SLOW);
        run(8, FAST);
        assertThat(watch.p99Nanos()).isEqualTo(SLOW);
        run(100, FAST);
        assertThat(watch.p99Nanos()).isEqualTo(FAST);
    }

    @Test
    void followsTheAverage() {
        run(200, SLOW);
        assertThat(watch.averageNanos()).isBetween(SLOW * 99 / 100, SLOW);
        run(200, FAST);
        assertThat(watch.averageNanos()).isBetween(FAST, FAST * 101 / 100);
        assertThat(watch.softNanos()).isBetween(FAST / 5, FAST * 101 / 500);
        assertThat(watch.opportunisticNanos()).isBetween(FAST / 10, FAST * 101 / 1000);
    }

    private void run(int ticks, long nanos) {
        for (int i = 0; i < ticks; i++) {
            watch.ticked(nanos, nanos / 5, nanos / 10);
        }
    }
}
