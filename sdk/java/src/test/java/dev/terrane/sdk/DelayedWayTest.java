package dev.terrane.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.Clock;
import dev.terrane.base.Rng;
import dev.terrane.conditions.LinkConditions;
import dev.terrane.conditions.LinkModel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A way whose time is cranked by hand. */
class DelayedWayTest {
    private static final int BYTES_MAX = 10_000;

    private final CrankedTime time = new CrankedTime();
    private final List<Integer> arrived = new ArrayList<>();
    private int roomCount;

    @Test
    void holdsMessagesUntilTheyArrive() {
        DelayedWay way = way("rtt=100");
        send(way, 1, 10);
        time.pass(49);
        send(way, 2, 10);
        assertThat(arrived).isEmpty();
        time.pass(1);
        assertThat(arrived).containsExactly(1);
        time.pass(49);
        assertThat(arrived).containsExactly(1, 2);
    }

    @Test
    void losesAndMixesNothingOnAnyLink() {
        for (long seed = 1; seed <= 100; seed++) {
            Rng rng = new Rng(seed);
            arrived.clear();
            DelayedWay way = way("rtt=%d,jitter=%d,stall=%d,stalls=%d,kbps=100,seed=%d"
                    .formatted(rng.nextInt(300), rng.nextInt(50), 1 + rng.nextInt(300), 1 + rng.nextInt(60), seed));
            for (int i = 0; i < 100; i++) {
                send(way, i, rng.nextInt(200));
                time.pass(rng.nextInt(20));
            }
            time.pass(60_000);
            assertThat(arrived).as("seed %d", seed).hasSize(100).isSorted();
        }
    }

    @Test
    void saysWhenItIsFullAndWhenThereIsRoomAgain() {
        DelayedWay way = way("kbps=8"); // a byte a millisecond
        int taken = 1;
        while (send(way, taken, 900)) {
            taken++;
        }
        assertThat(taken).isBetween(9, 11);
        assertThat(way.full()).isTrue();
        time.pass(900);
        assertThat(way.full()).as("one less is not room").isTrue();
        assertThat(roomCount).isZero();
        time.pass(900 * taken / 2);
        assertThat(way.full()).isFalse();
        assertThat(roomCount).isEqualTo(1);
        time.pass(60_000);
        assertThat(arrived).hasSize(taken);
        assertThat(roomCount).isEqualTo(1);
    }

    @Test
    void letsNothingArriveAfterItsEnd() {
        DelayedWay way = way("rtt=100");
        send(way, 1, 10);
        way.close();
        send(way, 2, 10);
        time.pass(1_000);
        assertThat(arrived).isEmpty();
    }

    private DelayedWay way(String conditions) {
        LinkModel model = new LinkModel(LinkConditions.parse(conditions), 0, time.nanos());
        return new DelayedWay(model, time, time, BYTES_MAX, () -> roomCount++);
    }

    private boolean send(DelayedWay way, int number, int bytes) {
        return way.send(bytes, () -> arrived.add(number));
    }

    /** At most one alarm at a time: that is all a way asks for. */
    private static final class CrankedTime implements Clock, DelayedWay.Alarm {
        private long nanos;
        private long dueNanos;
        private @Nullable Runnable work;

        @Override
        public long nanos() {
            return nanos;
        }

        @Override
        public long epochMillis() {
            return 0;
        }

        @Override
        public void after(long delayNanos, Runnable newWork) {
            assertThat(work).as("a second alarm").isNull();
            dueNanos = nanos + delayNanos;
            work = newWork;
        }

        void pass(long millis) {
            long end = nanos + TimeUnit.MILLISECONDS.toNanos(millis);
            for (Runnable next = work; next != null && dueNanos <= end; next = work) {
                nanos = dueNanos;
                work = null;
                next.run();
            }
            nanos = end;
        }
    }
}
