package dev.terrane.protocol.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.protocol.client.generated.Envelope;
import dev.terrane.protocol.client.generated.Message;
import dev.terrane.protocol.client.generated.ServerSnapshot;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class SnapshotFrameTest {
    private static final SliceAddress ADDRESS = SliceAddress.of(2, -1, 0, 17, 3);

    private final SnapshotFrame frame = new SnapshotFrame();

    @Test
    void isReadByTheGeneratedAccessors() {
        ByteBuffer out = ByteBuffer.allocateDirect(1000).position(7);
        fill(frame.begin(out));
        int size = frame.end();

        assertThat(out.position()).isEqualTo(7 + size);
        byte[] bytes = new byte[size];
        out.get(7, bytes);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        assertThat(Envelope.EnvelopeBufferHasIdentifier(in)).isTrue();
        Envelope envelope = Envelope.getRootAsEnvelope(in);
        assertThat(envelope.messageType()).isEqualTo(Message.ServerSnapshot);
        ServerSnapshot read = (ServerSnapshot) envelope.message(new ServerSnapshot());
        assertThat(read.tick()).isEqualTo(4_000_000_000L);
        assertThat(read.serverTime()).isEqualTo(1.75e12);
        assertThat(read.dilation()).isEqualTo(0.5f);
        assertThat(read.regionA()).isEqualTo(2);
        assertThat(read.regionB()).isEqualTo(-1);
        assertThat(read.layer()).isEqualTo(200);
        assertThat(read.cellEpoch()).isEqualTo(77);
        assertThat(read.avatar()).isEqualTo(1L << 40);
        assertThat(read.ownership()).isEqualTo(9);
        assertThat(read.ackSeq()).isEqualTo(123);
        assertThat(read.keyframe()).isTrue();
        assertThat(read.payloadLength()).isEqualTo(size - SnapshotFrame.HEADER_BYTES);
    }

    @Test
    void isReadByTheCheckedDecoderRecordByRecord() {
        ByteBuffer out = ByteBuffer.allocate(1000);
        fill(frame.begin(out));
        int size = frame.end();
        var read = (ServerMessage.ServerSnapshot)
                ClientCodec.decodeFromServer(out.array(), 0, size, WireLimits.FROM_SERVER);
        RecordReader records = new RecordReader().wrap(read.bytes(), read.payloadOffset(), read.payloadLength());

        assertThat(records.next()).isTrue();
        assertThat(records.kind()).isEqualTo(RecordKind.DELTA);
        assertThat(SliceAddress.of(
                        records.regionA(), records.regionB(), records.layer(), records.chunk(), records.part()))
                .isEqualTo(ADDRESS);
        assertThat(records.baseSeq()).isEqualTo(300);
        assertThat(records.seq()).isEqualTo(301);
        assertThat(records.age()).isEqualTo(2);
        assertThat(records.body().remaining()).isEqualTo(3);
        assertThat(records.next()).isTrue();
        assertThat(records.kind()).isEqualTo(RecordKind.KEYFRAME);
        assertThat(records.body().remaining()).isEqualTo(200);
        assertThat(records.next()).isTrue();
        assertThat(records.kind()).isEqualTo(RecordKind.FORGET);
        assertThat(records.chunk()).isEqualTo(17);
        assertThat(records.body().remaining()).isZero();
        assertThat(records.next()).isTrue();
        assertThat(records.kind()).isEqualTo(RecordKind.SELF);
        assertThat(records.next()).isTrue();
        assertThat(records.kind()).isEqualTo(RecordKind.OWN_EVENTS);
        assertThat(records.next()).isFalse();
    }

    @Test
    void refusesARecordThatDoesNotFitAndGoesOn() {
        ByteBuffer out = ByteBuffer.allocate(1000).limit(SnapshotFrame.HEADER_BYTES + 10);
        frame.begin(out);

        assertThat(frame.sliceDelta(ADDRESS, 1, 2, 0, new byte[100], 0, 100)).isFalse();
        assertThat(frame.size()).isEqualTo(SnapshotFrame.HEADER_BYTES);
        assertThat(frame.self(new byte[9], 0, 9)).isTrue();
        assertThat(frame.end()).isEqualTo(SnapshotFrame.HEADER_BYTES + 10);
    }

    private static void fill(SnapshotFrame frame) {
        frame.time(4_000_000_000L, 1.75e12, 0.5f)
                .cell(2, -1, 200, 77)
                .avatar(1L << 40, 9, 123)
                .keyframe(true);
        frame.sliceDelta(ADDRESS, 300, 301, 2, new byte[] {0, 0, 0}, 0, 3);
        frame.sliceKeyframe(ADDRESS, 40_000, 0, new byte[300], 50, 200);
        frame.forget(ADDRESS);
        frame.self(new byte[] {0}, 0, 1);
        frame.ownEvents(new byte[0], 0, 0);
    }
}
