package dev.terrane.rewind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.ByteWriter;
import dev.terrane.bytes.MalformedBytesException;
import dev.terrane.plugin.Past;
import dev.terrane.plugin.Place;
import dev.terrane.space.Bounds;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

class HistoryTest {
    private static final int KEPT_TICKS = 20;
    private static final float JUMP_METRES = 25;
    private static final long ADA = 7;
    private static final long BOB = 9;

    private final History history = history();
    private final Place place = new Place();
    private final long[] ids = new long[64];

    private static History history() {
        return new History(new HistoryLimits(KEPT_TICKS, JUMP_METRES), new Bounds(-500, -500, 500, 500), 64);
    }

    /** Ada flies 2 m a tick along x, and at tick 0 she was at 0. */
    private void fly(long from, long to) {
        for (long tick = from; tick <= to; tick++) {
            history.begin(tick);
            history.file(ADA, tick, tick * 2, 0, 0);
        }
    }

    private float xOf(long id, float ticksAgo) {
        assertThat(history.at(ticksAgo).find(id, place)).as("known").isTrue();
        return place.x;
    }

    @Test
    void knowsWhereSomebodyWasBetweenTwoTicks() {
        fly(1, 10);
        assertThat(xOf(ADA, 0)).isEqualTo(20);
        assertThat(xOf(ADA, 1)).isEqualTo(18);
        assertThat(xOf(ADA, 2.25f)).isEqualTo(15.5f);
    }

    @Test
    void goesOnWhenTheRingHasComeRound() {
        fly(1, 1000);
        assertThat(xOf(ADA, KEPT_TICKS)).isEqualTo((1000 - KEPT_TICKS) * 2);
        assertThat(xOf(ADA, 7.5f)).isEqualTo(1985);
    }

    @Test
    void looksNoFurtherBackThanItRemembers() {
        fly(1, 100);
        assertThat(history.at(1e9f).ticksAgo()).isEqualTo(KEPT_TICKS);
        assertThat(history.at(Float.POSITIVE_INFINITY).ticksAgo()).isEqualTo(KEPT_TICKS);
        assertThat(history.at(-3).ticksAgo()).isZero();
        assertThat(history.at(Float.NaN).ticksAgo()).isZero();
        assertThat(xOf(ADA, 1e9f)).isEqualTo((100 - KEPT_TICKS) * 2);
    }

    @Test
    void whoCameLaterStandsWhereHeWasSeenFirst() {
        history.begin(1);
        fly(50, 52);
        assertThat(xOf(ADA, 15)).isEqualTo(100);
    }

    @Test
    void turnsTheShortWayRound() {
        history.begin(1);
        history.file(ADA, 1, 0, 0, 3);
        history.begin(2);
        history.file(ADA, 2, 0, 0, -3);
        history.at(0.5f).find(ADA, place);
        assertThat(Math.abs(place.yaw)).isBetween(3.13f, 3.15f);
    }

    @Test
    void aGhostIsFiledUnderItsOwnersTick() {
        for (long tick = 1; tick <= 10; tick++) {
            history.begin(tick);
            history.file(BOB, tick - 1, tick - 1, 0, 0); // news is a tick old
        }
        assertThat(xOf(BOB, 3)).as("where it was at tick 7").isEqualTo(7);
        assertThat(xOf(BOB, 0)).as("nothing newer is known").isEqualTo(9);
    }

    @Test
    void aGapIsCrossedOnAStraightLine() {
        fly(1, 4);
        history.begin(5);
        history.begin(6);
        fly(7, 10);
        assertThat(xOf(ADA, 4.5f)).isEqualTo(11);
    }

    @Test
    void whoIsNotHeardOfStandsStillUntilNewsComes() {
        fly(1, 4);
        for (long tick = 5; tick <= 8; tick++) {
            history.begin(tick);
            history.fileStill(ADA, tick - 1, 8, 0, 0);
        }
        assertThat(xOf(ADA, 2)).isEqualTo(8);
        history.file(ADA, 6, 12, 0, 0); // late, but true
        assertThat(xOf(ADA, 2)).isEqualTo(12);
        history.fileStill(ADA, 6, 99, 0, 0);
        assertThat(xOf(ADA, 2)).as("a guess never replaces news").isEqualTo(12);
    }

    @Test
    void whoIsGoneStaysInThePastUntilItIsTooOld() {
        fly(1, 10);
        for (long tick = 11; tick <= 10 + KEPT_TICKS; tick++) {
            history.begin(tick);
        }
        assertThat(xOf(ADA, KEPT_TICKS)).isEqualTo(20);
        assertThat(history.at(KEPT_TICKS).near(20, 0, 1, ids)).isEqualTo(1);
        history.begin(11 + KEPT_TICKS);
        assertThat(history.at(KEPT_TICKS).find(ADA, place)).isFalse();
        assertThat(history.rememberedCount()).isZero();
    }

    @Test
    void aTrackThatIsGivenAgainHasNothingOfItsFormerTenant() {
        fly(1, 10);
        history.begin(11 + KEPT_TICKS);
        history.file(BOB, 11 + KEPT_TICKS, -50, 0, 0);
        assertThat(xOf(BOB, KEPT_TICKS)).isEqualTo(-50);
        assertThat(history.at(3).near(20, 0, 5, ids)).isZero();
    }

    @Test
    void whoJumpsIsNotFoundOnTheWayNorAtHisFormerPlace() {
        fly(1, 10);
        history.begin(11);
        history.file(ADA, 11, 20 + JUMP_METRES + 1, 0, 0);
        assertThat(history.at(0.5f).find(ADA, place)).isFalse();
        assertThat(history.at(1).find(ADA, place)).isFalse();
        assertThat(history.at(1).near(20, 0, 60, ids)).isZero();
        assertThat(xOf(ADA, 0)).isEqualTo(46);
    }

    @Test
    void whoIsSlowerThanAJumpInEachTickOfAGapHasNotJumped() {
        fly(1, 2);
        history.begin(3);
        history.begin(4);
        history.file(ADA, 4, 4 + 2 * JUMP_METRES - 1, 0, 0);
        assertThat(xOf(ADA, 2)).isEqualTo(4);
    }

    @Test
    void whoBeginsAnewIsNowhereBefore() {
        fly(1, 10);
        history.begin(11);
        history.forget(ADA);
        history.file(ADA, 11, 21, 0, 0);
        history.begin(12);
        history.file(ADA, 12, 22, 0, 0);
        assertThat(xOf(ADA, 1)).isEqualTo(21);
        assertThat(history.at(1.01f).find(ADA, place)).isFalse();
        assertThat(history.at(2).near(20, 0, 60, ids)).isZero();
    }

    @Test
    void anOwnerThatIsFarAheadIsFiledAsFarAsThereAreFrames() {
        fly(1, 30);
        history.file(BOB, 1000, 5, 0, 0);
        assertThat(xOf(BOB, 1)).isEqualTo(5);
        assertThat(xOf(ADA, KEPT_TICKS)).as("nobody's frame was overwritten").isEqualTo((30 - KEPT_TICKS) * 2);
    }

    @Test
    void ticksMayBeLeftOut() {
        fly(1, 10);
        fly(17, 17);
        assertThat(xOf(ADA, 7)).isEqualTo(20);
        assertThat(xOf(ADA, 3.5f)).isEqualTo(27);
        history.begin(5000);
        assertThat(history.at(3).find(ADA, place)).isFalse();
    }

    @Test
    void nobodyIsRememberedBeyondTheLimit() {
        history.begin(1);
        for (long id = 1; id <= History.TRACK_COUNT_MAX + 3; id++) {
            history.file(id, 1, 0, 0, 0);
        }
        assertThat(history.rememberedCount()).isEqualTo(History.TRACK_COUNT_MAX);
        assertThat(history.leftOutCount()).isEqualTo(3);
        assertThat(history.at(0).find(History.TRACK_COUNT_MAX + 1L, place)).isFalse();
    }

    @Test
    void whatDoesNotFitIsLeftOut() {
        history.begin(1);
        for (long id = 1; id <= 10; id++) {
            history.file(id, 1, id, 0, 0);
        }
        assertThat(history.at(0).near(5, 0, 50, new long[4])).isEqualTo(4);
    }

    @Test
    void takesNoMemoryOnceItHasGrown() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().threadId();
        for (long tick = 1; tick <= 60; tick++) {
            crowd(tick);
        }
        long before = threads.getThreadAllocatedBytes(thread);
        for (long tick = 61; tick <= 160; tick++) {
            crowd(tick);
        }
        assertThat(threads.getThreadAllocatedBytes(thread) - before)
                .as("bytes for 100 ticks of 500 entities, of which some come and go")
                .isLessThan(16 * 1024);
    }

    private void crowd(long tick) {
        history.begin(tick);
        for (long id = 1; id <= 500; id++) {
            long who = id < 450 ? id : id + 1000 * (tick / 8);
            history.file(who, tick, id % 40 * 10 + tick * 0.5f, id / 40 * 10, 0);
        }
        for (int look = 0; look < 20; look++) {
            Past past = history.at(look * 0.4f);
            int found = past.near(look * 10, 40, 20, ids);
            for (int i = 0; i < found; i++) {
                past.find(ids[i], place);
            }
        }
    }

    @Test
    void refusesBytesThatAreNoHistory() {
        fly(1, 30);
        byte[] bytes = bytes(history);
        for (int length = 0; length < bytes.length; length++) {
            ByteReader cutOff = new ByteReader(bytes, 0, length);
            assertThatThrownBy(() -> history().read(cutOff)).isInstanceOf(MalformedBytesException.class);
        }
    }

    static byte[] bytes(History history) {
        HistoryCopy copy = history.like();
        history.copy(copy);
        ByteWriter out = new ByteWriter(256);
        copy.write(out);
        return out.toBytes();
    }
}
