package dev.terrane.protocol.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terrane.bytes.MalformedBytesException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class SnapshotBodyTest {
    private static final SliceAddress ADDRESS = SliceAddress.of(2, -1, 0, 17, 3);
    /** Changes as far as this room is concerned: the parts, and then bytes that only a slice can read. */
    private static final byte[] CHANGES = {99, SliceWriter.PART_CHANGED, 7, 8};

    private final SnapshotBody body = new SnapshotBody();
    private final ByteBuffer out = ByteBuffer.allocate(1000);

    @Test
    void isReadRecordByRecord() {
        body.begin(out);
        assertThat(body.forget(ADDRESS)).isTrue();
        assertThat(body.keyframe(ADDRESS, 1000, 40_000, 1, new byte[300], 50, 200))
                .isTrue();
        assertThat(body.delta(1003, 31, 32, 0, CHANGES, 1, 3)).isTrue();
        assertThat(body.delta(1001, 300, 304, 2, CHANGES, 1, 3)).isTrue();

        SnapshotRecords records = records();
        assertThat(records.next()).isTrue();
        assertThat(records.kind()).isEqualTo(RecordKind.FORGET);
        assertThat(records.chunk()).isEqualTo(17);
        assertThat(records.body().remaining()).isZero();
        assertThat(records.next()).isTrue();
        assertThat(records.kind()).isEqualTo(RecordKind.KEYFRAME);
        assertThat(SliceAddress.of(
                        records.regionA(), records.regionB(), records.layer(), records.chunk(), records.part()))
                .isEqualTo(ADDRESS);
        assertThat(records.number()).isEqualTo(1000);
        assertThat(records.seq()).isEqualTo(40_000);
        assertThat(records.age()).isEqualTo(1);
        assertThat(records.body().remaining()).isEqualTo(200);
        isDelta(records, 1003, 31, 32, 0);
        isDelta(records, 1001, 300, 304, 2);
        assertThat(records.next()).isFalse();
    }

    private static void isDelta(SnapshotRecords records, int number, int base, int seq, int age) {
        assertThat(records.next()).isTrue();
        assertThat(records.kind()).isEqualTo(RecordKind.DELTA);
        assertThat(records.number()).isEqualTo(number);
        assertThat(records.appliesTo(base)).isTrue();
        assertThat(records.appliesTo(base + 1)).isFalse();
        assertThat(records.seqAfter(base)).isEqualTo(seq);
        assertThat(records.age()).isEqualTo(age);
        assertThat(records.parts()).isEqualTo(SliceWriter.PART_CHANGED);
        assertThat(records.body().u8()).isEqualTo(7);
        assertThat(records.body().u8()).isEqualTo(8);
    }

    @Test
    void anUsualDeltaTakesTwoBytesBesideItsChangesWhenItsNumberIsNear() {
        body.begin(out);
        body.delta(5000, 1, 2, 0, CHANGES, 1, 3);
        assertThat(out.position()).isEqualTo(1 + 2 + 2);
        body.delta(5063, 1, 2, 0, CHANGES, 1, 3);
        assertThat(out.position()).isEqualTo(1 + 2 + 2 + 1 + 1 + 2);
    }

    @Test
    void aDeltaOfUpToEightStepsTakesAByteMoreAndAnyOtherTellsItsStepsAndAge() {
        body.begin(out);
        body.delta(1, 10, 18, 0, CHANGES, 1, 3);
        assertThat(out.position()).isEqualTo(3 + 2);
        body.delta(1, 18, 27, 0, CHANGES, 1, 3);
        body.delta(1, 27, 29, 1, CHANGES, 1, 3);
        body.delta(1, 29, 29 + 300, 0, CHANGES, 1, 3);
        SnapshotRecords records = records();
        isDelta(records, 1, 10, 18, 0);
        isDelta(records, 1, 18, 27, 0);
        isDelta(records, 1, 27, 29, 1);
        isDelta(records, 1, 29, 329, 0);
    }

    @Test
    void bodiesCanBePutBehindOneAnother() {
        body.begin(out);
        body.delta(5000, 1, 2, 0, CHANGES, 1, 3);
        body.begin(out);
        body.delta(5001, 1, 2, 0, CHANGES, 1, 3);
        SnapshotRecords records = records();
        isDelta(records, 5000, 1, 2, 0);
        isDelta(records, 5001, 1, 2, 0);
    }

    @Test
    void refusesARecordThatDoesNotFitAndGoesOn() {
        body.begin(out.limit(10));
        assertThat(body.keyframe(ADDRESS, 1, 2, 0, new byte[100], 0, 100)).isFalse();
        assertThat(body.delta(1, 1, 2, 0, new byte[100], 0, 100)).isFalse();
        assertThat(out.position()).isZero();
        assertThat(body.delta(1, 1, 2, 0, CHANGES, 1, 3)).isTrue();
        assertThat(body.forget(SliceAddress.of(0, 0, 0, 0, 0))).isTrue();
        assertThat(body.delta(1, 1, 2, 0, CHANGES, 1, 3)).isFalse();
        assertThat(out.position()).isEqualTo(9);
    }

    @Test
    void recordsThatMakeNoSenseAreRefused() {
        refuses(new byte[] {SnapshotBody.DELTA | SnapshotBody.RELATIVE, 1}, "no number of its own");
        refuses(new byte[] {SnapshotBody.DELTA, -1, -1, -1, -1, 15}, "more than an int holds");
        refuses(new byte[] {100, 1}, "skipped bytes expected");
    }

    @Test
    void skipsRecordsOfKindsThatItDoesNotKnow() {
        byte[] bytes = {2 << SnapshotBody.LENGTH_SHIFT | 7 << SnapshotBody.KIND_SHIFT, 1, 2};
        assertThat(new SnapshotRecords().wrap(bytes, 0, 3).next()).isFalse();
    }

    private static void refuses(byte[] bytes, String why) {
        assertThatThrownBy(
                        () -> new SnapshotRecords().wrap(bytes, 0, bytes.length).next())
                .isInstanceOf(MalformedBytesException.class)
                .hasMessageContaining(why);
    }

    private SnapshotRecords records() {
        return new SnapshotRecords().wrap(out.array(), 0, out.position());
    }
}
