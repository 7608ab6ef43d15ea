package dev.terrane.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.terrane.base.NodeId;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinkMachineTest {
    private static final long MILLI = 1_000_000;

    @Test
    void opensWhenBothHaveGreeted() {
        TestEnd[] ends = TestEnd.pair();
        assertThat(ends[0].info).isEqualTo(new LinkInfo(7, List.of("sim"), 1));
        assertThat(ends[1].info).isEqualTo(ends[0].info);
    }

    @Test
    void keepsTheOrderOfEachLaneAndWritesControlFirst() {
        TestEnd[] ends = TestEnd.pair();
        ends[0].offer(Lane.DATA, "big 1");
        ends[0].offer(Lane.CONTROL, "small 1");
        ends[0].offer(Lane.DATA, "big 2");
        ends[0].offer(Lane.CONTROL, "small 2");
        ends[0].machine.flush();
        TestEnd.exchange(ends[0], ends[1]);
        assertThat(ends[1].heard).containsExactly("CONTROL small 1", "CONTROL small 2", "DATA big 1", "DATA big 2");
    }

    @Test
    void writesNothingBeforeTheFlush() {
        TestEnd[] ends = TestEnd.pair();
        ends[0].offer(Lane.DATA, "one");
        assertThat(ends[0].taken()).isEmpty();
        ends[0].machine.flush();
        ends[0].offer(Lane.DATA, "two");
        ends[1].receive(ends[0].taken());
        assertThat(ends[1].heard).containsExactly("DATA one");
    }

    @Test
    void takesNoMessageBeforeItIsOpenNorAfterItsEnd() {
        TestEnd early = new TestEnd(TestEnd.hello("a"), "b");
        assertThat(early.offer(Lane.DATA, "x")).isEqualTo(Offered.CLOSED);
        TestEnd[] ends = TestEnd.pair();
        ends[0].machine.close(LinkEnd.GOODBYE, "done");
        assertThat(ends[0].offer(Lane.DATA, "x")).isEqualTo(Offered.CLOSED);
    }

    @Test
    void choosesTheHighestVersionThatBothSpeak() {
        TestEnd old = new TestEnd(speaking("a", 1, 3), "b");
        TestEnd young = new TestEnd(speaking("b", 2, 5), "a");
        TestEnd.exchange(old, young);
        assertThat(old.info).isEqualTo(new LinkInfo(7, List.of(), 3));
        assertThat(young.info).isEqualTo(old.info);
    }

    @Test
    void refusesVersionsThatDoNotMeetAndNamesBoth() {
        TestEnd old = new TestEnd(speaking("a", 1, 2), "b");
        TestEnd young = new TestEnd(speaking("b", 3, 4), "a");
        TestEnd.exchange(old, young);
        assertThat(old.end()).isEqualTo(LinkEnd.VERSION);
        assertThat(young.end()).isEqualTo(LinkEnd.VERSION);
        assertThat(old.ends.getFirst().text()).contains("1..2").contains("3..4");
        assertThat(old.info).isNull();
    }

    @Test
    void refusesAnotherCluster() {
        LinkHello foreign = new LinkHello("other", new NodeId("b"), 7, List.of(), LinkHello.VERSIONS);
        TestEnd here = new TestEnd(TestEnd.hello("a"), "b");
        TestEnd there = new TestEnd(foreign, "a");
        TestEnd.exchange(here, there);
        assertThat(here.end()).isEqualTo(LinkEnd.CLUSTER);
        assertThat(there.end()).isEqualTo(LinkEnd.CLUSTER);
    }

    @Test
    void refusesWhoeverIsNotWhomTheCertificateNames() {
        TestEnd here = new TestEnd(TestEnd.hello("a"), "b");
        TestEnd liar = new TestEnd(TestEnd.hello("c"), "a");
        TestEnd.exchange(here, liar);
        assertThat(here.end()).isEqualTo(LinkEnd.IDENTITY);
        assertThat(liar.ends.getFirst().byPeer()).isTrue();
    }

    @Test
    void refusesANodeOfItsOwnName() {
        TestEnd here = new TestEnd(TestEnd.hello("a"), "a");
        here.receive(new TestEnd(TestEnd.hello("a"), "a").taken());
        assertThat(here.end()).isEqualTo(LinkEnd.IDENTITY);
    }

    @Test
    void asksTheNodeWithTheSmallerNameWhichConnectionIsUsed() {
        TestEnd smaller = new TestEnd(TestEnd.hello("a"), "b");
        TestEnd greater = new TestEnd(TestEnd.hello("b"), "a");
        smaller.refuses = new LinkLoss(LinkEnd.DUPLICATE, "one too many", false, 0);
        greater.refuses = new LinkLoss(LinkEnd.OTHER, "never asked", false, 0);
        TestEnd.exchange(smaller, greater);
        assertThat(greater.ends).containsExactly(new LinkLoss(LinkEnd.DUPLICATE, "one too many", true, 0));
        assertThat(greater.info).isNull();
    }

    @Test
    void endsWhenAFrameIsMissing() {
        TestEnd[] ends = TestEnd.pair();
        byte[] first = flushed(ends[0], "one");
        byte[] second = flushed(ends[0], "two");
        ends[1].receive(second);
        assertThat(ends[1].end()).isEqualTo(LinkEnd.SEQUENCE);
        ends[1].receive(first);
        assertThat(ends[1].heard).isEmpty();
    }

    @Test
    void endsWhenAFrameComesTwiceAndTellsTheOther() {
        TestEnd[] ends = TestEnd.pair();
        byte[] frame = flushed(ends[0], "one");
        ends[1].receive(frame);
        ends[1].receive(frame);
        assertThat(ends[1].end()).isEqualTo(LinkEnd.SEQUENCE);
        assertThat(ends[1].heard).containsExactly("DATA one");
        ends[0].receive(ends[1].taken());
        assertThat(ends[0].end()).isEqualTo(LinkEnd.SEQUENCE);
        assertThat(ends[0].ends.getFirst().byPeer()).isTrue();
    }

    @Test
    void refusesAMessageBeforeTheGreeting() {
        TestEnd here = new TestEnd(TestEnd.hello("a"), "b");
        byte[] frame = new byte[Frames.HEAD_BYTES];
        Frames.putHead(frame, Frames.MESSAGE, Lane.DATA, 0, 0);
        here.receive(frame);
        assertThat(here.end()).isEqualTo(LinkEnd.MALFORMED);
    }

    @Test
    void refusesASecondGreeting() {
        TestEnd[] ends = TestEnd.pair();
        byte[] greeting = new TestEnd(TestEnd.hello("a"), "b").taken();
        greeting[Frames.SEQUENCE_AT] = 2; // after greeting and acceptance
        ends[1].receive(greeting);
        assertThat(ends[1].ends.getFirst().text()).isEqualTo("a second greeting");
    }

    @Test
    void saysFullWhenTheDataLaneIsAndGoesOnLater() {
        TestEnd[] ends = TestEnd.pair();
        String message = "x".repeat(4000);
        int accepted = 0;
        while (ends[0].offer(Lane.DATA, message) == Offered.ACCEPTED) {
            accepted++;
        }
        assertThat(accepted).isEqualTo(4);
        assertThat(ends[0].machine.queueBytes(Lane.DATA)).isLessThanOrEqualTo(TestEnd.LIMITS.dataQueueBytesMax());
        assertThat(ends[0].offer(Lane.CONTROL, "still heard")).isEqualTo(Offered.ACCEPTED);
        ends[0].machine.flush();
        TestEnd.exchange(ends[0], ends[1]);
        assertThat(ends[1].heard).hasSize(5);
        assertThat(ends[0].offer(Lane.DATA, message)).isEqualTo(Offered.ACCEPTED);
    }

    @Test
    void endsWhenTheControlLaneIsFullAndStillSaysWhy() {
        TestEnd[] ends = TestEnd.pair();
        while (ends[0].offer(Lane.CONTROL, "x".repeat(200)) == Offered.ACCEPTED) {
            assertThat(ends[0].machine.overflown()).isFalse();
        }
        ends[0].machine.onTimer(1);
        assertThat(ends[0].end()).isEqualTo(LinkEnd.CONTROL_FULL);
        assertThat(ends[0].ends.getFirst().unsentCount()).isEqualTo(4);
        TestEnd.exchange(ends[0], ends[1]);
        assertThat(ends[1].end()).isEqualTo(LinkEnd.CONTROL_FULL);
        assertThat(ends[1].heard).hasSize(4);
    }

    @Test
    void takesAMessageThatIsTooLongForABug() {
        TestEnd[] ends = TestEnd.pair();
        assertThatIllegalArgumentException().isThrownBy(() -> ends[0].offer(Lane.CONTROL, "x".repeat(257)));
    }

    @Test
    void beatsWhenNothingElseIsSaid() {
        TestEnd[] ends = TestEnd.pair();
        ends[0].machine.onTimer(50 * MILLI);
        byte[] beat = ends[0].taken();
        assertThat(beat).hasSize(Frames.HEAD_BYTES);
        ends[0].machine.onTimer(99 * MILLI);
        assertThat(ends[0].taken()).isEmpty();
        ends[1].machine.receive(beat, 0, beat.length, 60 * MILLI);
        assertThat(ends[1].machine.lastHeardNanos()).isEqualTo(60 * MILLI);
        assertThat(ends[1].ends).isEmpty();
    }

    @Test
    void pilesUpNoHeartbeatsForAPeerThatReadsNothing() {
        TestEnd[] ends = TestEnd.pair();
        for (int beat = 1; beat < 100; beat++) {
            ends[0].machine.onTimer(beat * 50 * MILLI);
        }
        assertThat(ends[0].machine.queueBytes(Lane.CONTROL)).isEqualTo(Frames.HEAD_BYTES);
    }

    @Test
    void endsAfterALongSilence() {
        TestEnd[] ends = TestEnd.pair();
        ends[0].machine.onTimer(10_000 * MILLI);
        assertThat(ends[0].ends).isEmpty();
        ends[0].machine.onTimer(10_001 * MILLI);
        assertThat(ends[0].end()).isEqualTo(LinkEnd.SILENT);
    }

    @Test
    void endsWhenTheGreetingTakesTooLong() {
        TestEnd alone = new TestEnd(TestEnd.hello("a"), "b");
        alone.machine.onTimer(5_001 * MILLI);
        assertThat(alone.end()).isEqualTo(LinkEnd.LATE);
    }

    @Test
    void countsWhatWasNeverWritten() {
        TestEnd[] ends = TestEnd.pair();
        ends[0].offer(Lane.DATA, "one");
        ends[0].offer(Lane.CONTROL, "two");
        ends[0].machine.onReset(LinkEnd.RESET, "cut");
        ends[0].machine.onReset(LinkEnd.RESET, "cut again");
        assertThat(ends[0].ends).containsExactly(new LinkLoss(LinkEnd.RESET, "cut", false, 2));
        assertThat(ends[0].machine.nextBytes()).isZero();
    }

    @Test
    void knowsWhenBothHaveSaidThatItIsOver() {
        TestEnd[] ends = TestEnd.pair();
        ends[0].machine.close(LinkEnd.GOODBYE, "mine");
        ends[1].offer(Lane.DATA, "too late");
        ends[1].machine.close(LinkEnd.GOODBYE, "thine");
        assertThat(ends[0].machine.over()).isFalse();
        TestEnd.exchange(ends[0], ends[1]);
        assertThat(ends[0].machine.over()).isTrue();
        assertThat(ends[1].machine.over()).isTrue();
        assertThat(ends[0].ends).hasSize(1);
    }

    @Test
    void showsNothingUnprintableOfTheOthersReason() {
        TestEnd[] ends = TestEnd.pair();
        ends[0].machine.close(LinkEnd.OTHER, "line\nof a log");
        TestEnd.exchange(ends[0], ends[1]);
        assertThat(ends[1].ends.getFirst().text()).isEqualTo("line?of a log");
    }

    private static LinkHello speaking(String node, int min, int max) {
        return new LinkHello("test", new NodeId(node), 7, List.of(), new VersionWindow(min, max));
    }

    private static byte[] flushed(TestEnd end, String text) {
        end.offer(Lane.DATA, text);
        end.machine.flush();
        return Arrays.copyOf(end.taken(), Frames.HEAD_BYTES + text.length());
    }
}
