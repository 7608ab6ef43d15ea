package dev.terrane.conditions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a link does, by example: one message each 10 ms. */
class LinkModelTest {
    private static final long MILLI = 1_000_000;

    @Test
    void takesHalfARoundTripEachWay() {
        LinkModel way = new LinkModel(LinkConditions.parse("rtt=101"), 0, 7);
        assertThat(way.arrivalNanos(7, 100)).isEqualTo(7 + 101 * MILLI / 2);
    }

    @Test
    void letsMessagesQueueForANarrowWire() {
        LinkModel way = new LinkModel(LinkConditions.parse("rtt=20,kbps=80"), 0, 0);
        // 80 kbit/s are 10 bytes a millisecond.
        assertThat(way.arrivalNanos(0, 100)).isEqualTo(20 * MILLI);
        assertThat(way.arrivalNanos(0, 100)).isEqualTo(30 * MILLI);
        assertThat(way.arrivalNanos(5 * MILLI, 100)).isEqualTo(40 * MILLI);
        assertThat(way.arrivalNanos(100 * MILLI, 100)).isEqualTo(120 * MILLI);
    }

    @Test
    void standsStillForAsLongAsItIsTold() {
        LinkModel way = new LinkModel(LinkConditions.parse("rtt=40,stall=300,stalls=6,seed=4"), 0, 0);
        List<Long> pauses = new ArrayList<>();
        long before = 0;
        long minutes = 60;
        for (long sent = 0; sent < minutes * 60_000 * MILLI; sent += 10 * MILLI) {
            long arrives = way.arrivalNanos(sent, 50);
            if (sent > 0 && arrives - before > 20 * MILLI) {
                pauses.add(arrives - before);
            }
            before = arrives;
        }
        // The message before a stall came up to 10 ms before it began; two stalls may follow each other closely.
        assertThat(pauses).allMatch(pause -> pause >= 300 * MILLI);
        assertThat(pauses.stream().filter(pause -> pause <= 310 * MILLI).count())
                .isGreaterThan(pauses.size() * 9L / 10);
        assertThat(pauses.size()).isBetween((int) (minutes * 6 * 8 / 10), (int) (minutes * 6 * 12 / 10));
    }

    @Test
    void stallsAtTheSameMomentsWhateverIsSent() {
        LinkConditions conditions = LinkConditions.parse("stall=300,stalls=30,seed=9");
        LinkModel busy = new LinkModel(conditions, 5, 0);
        LinkModel quiet = new LinkModel(conditions, 5, 0);
        for (long sent = 0; sent < 60_000 * MILLI; sent += 10 * MILLI) {
            long arrives = busy.arrivalNanos(sent, 1_000);
            if (sent % (1_000 * MILLI) == 0) {
                assertThat(quiet.arrivalNanos(sent, 10)).isEqualTo(arrives);
            }
        }
    }

    @Test
    void givesEachWayItsOwnLuck() {
        LinkConditions conditions = LinkConditions.parse("jitter=100");
        LinkModel there = new LinkModel(conditions, 0, 0);
        LinkModel back = new LinkModel(conditions, 1, 0);
        assertThat(there.arrivalNanos(0, 1)).isNotEqualTo(back.arrivalNanos(0, 1));
    }
}
