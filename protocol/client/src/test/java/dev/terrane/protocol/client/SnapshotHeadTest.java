package dev.terrane.protocol.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terrane.bytes.MalformedBytesException;
import dev.terrane.protocol.client.ServerMessage.ServerSnapshot;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class SnapshotHeadTest {
    private static final int HZ = 20;
    private static final double START = 1.75e12;

    private final SnapshotHead head = new SnapshotHead(HZ);
    private final SnapshotReader reader = new SnapshotReader(HZ);
    private int bytes;

    @Test
    void tellsEverythingFirstAndThenWhatDiffers() {
        at(2, -1, 200, 77).avatar(1L << 40, 9).pace(0.5f, 2);
        ServerSnapshot first = told(false, 4_000_000_000L, START, 123);
        assertThat(first.tick()).isEqualTo((int) 4_000_000_000L);
        assertThat(first.ackSeq()).isEqualTo(123);
        assertThat(first.serverTimeMillis()).isEqualTo(START);
        assertThat(first.dilation()).isEqualTo(0.5f);
        assertThat(first.shed()).isEqualTo(2);
        assertThat(first.regionA()).isEqualTo(2);
        assertThat(first.regionB()).isEqualTo(-1);
        assertThat(first.layer()).isEqualTo(200);
        assertThat(first.cellEpoch()).isEqualTo(77);
        assertThat(first.avatar()).isEqualTo(1L << 40);
        assertThat(first.ownership()).isEqualTo(9);

        at(2, -1, 200, 77).avatar(1L << 40, 9).pace(0.5f, 2);
        ServerSnapshot second = told(false, 4_000_000_001L, START + 100, 125);
        assertThat(bytes).isEqualTo(3);
        assertThat(second)
                .usingRecursiveComparison()
                .ignoringFields("tick", "ackSeq", "serverTimeMillis", "bytes", "payloadOffset")
                .isEqualTo(first);
        assertThat(second.ackSeq()).isEqualTo(125);
        assertThat(second.serverTimeMillis()).isEqualTo(START + 100); // half as fast: 100 ms of real time in a tick
    }

    @Test
    void tellsTheTimeAnewWhenCountingOnWouldBeWrong() {
        at(0, 0, 0, 1).pace(1, 0);
        told(false, 1, START, 0);
        assertThat(told(false, 2, START + 50.9, 0).serverTimeMillis()).isEqualTo(START + 50);
        assertThat(bytes).isEqualTo(3);
        assertThat(told(false, 3, START + 101.1, 0).serverTimeMillis()).isEqualTo(START + 101.1);
        assertThat(bytes).isEqualTo(11);
    }

    @Test
    void tellsEverythingInAKeyframeAndAfterARestart() {
        at(3, 4, 1, 5).avatar(6, 7).pace(1, 0);
        told(false, 1, START, 10);
        told(true, 2, START + 50, 11);
        int whole = bytes;
        assertThat(new SnapshotReader(HZ).read(written(true, 3, START + 100, 12), 0, whole))
                .extracting(ServerSnapshot::ackSeq, ServerSnapshot::avatar, ServerSnapshot::keyframe)
                .containsExactly(12, 6L, true);
        head.restart();
        assertThat(new SnapshotReader(HZ).read(written(false, 4, START + 150, 13), 0, bytes))
                .extracting(ServerSnapshot::ackSeq, ServerSnapshot::avatar, ServerSnapshot::keyframe)
                .containsExactly(13, 6L, false);
    }

    @Test
    void anInputNumberMayGoBack() {
        at(0, 0, 0, 1).pace(1, 0);
        told(false, 1, START, 10);
        assertThat(told(false, 2, START + 50, 7).ackSeq()).isEqualTo(7);
    }

    @Test
    void aHeadThatBuildsOnNothingIsRefused() {
        at(0, 0, 0, 1).pace(1, 0);
        written(false, 1, START, 0);
        byte[] later = written(false, 2, START + 50, 0);
        refuses(later, "first snapshot leaves out");
        byte[] keyframe = later.clone();
        keyframe[0] |= SnapshotHead.KEYFRAME;
        refuses(keyframe, "keyframe leaves out");
        refuses(new byte[] {(byte) 0x81, 0, 0}, "begin no snapshot");
        refuses(new byte[] {1, 0}, "expected");
    }

    @Test
    void timesAndDilationsThatMakeNoSenseAreRefused() {
        at(0, 0, 0, 1).pace(1, 0);
        refuses(written(true, 1, Double.NaN, 0), "server time of NaN");
        byte[] still = written(true, 1, START, 0);
        still[bytes - 10] = 0;
        refuses(still, "dilation of 0 percent");
    }

    @Test
    void putsRecordsOfOneClientBehindTheHeadIfTheyFit() {
        ByteBuffer out = ByteBuffer.allocate(20);
        assertThat(head.self(out, true, new byte[18], 0, 18)).isTrue();
        assertThat(out.position()).isEqualTo(20);
        out.clear();
        assertThat(head.self(out, false, new byte[19], 0, 19)).isFalse();
        assertThat(out.position()).isZero();
        assertThat(head.ownEvents(out, new byte[] {9, 1, 9}, 1, 1)).isTrue();
        SnapshotRecords records = new SnapshotRecords().wrap(out.array(), 0, out.position());
        assertThat(records.next()).isTrue();
        assertThat(records.kind()).isEqualTo(RecordKind.OWN_EVENTS);
        assertThat(records.body().u8()).isEqualTo(1);
        assertThat(records.next()).isFalse();
    }

    private SnapshotHead at(int regionA, int regionB, int layer, long epoch) {
        return head.cell(regionA, regionB, layer, epoch);
    }

    private byte[] written(boolean keyframe, long tick, double time, int ack) {
        ByteBuffer out = ByteBuffer.allocate(SnapshotHead.BYTES_MAX);
        head.write(out, keyframe, tick, time, ack);
        bytes = out.position();
        return out.array();
    }

    private ServerSnapshot told(boolean keyframe, long tick, double time, int ack) {
        return reader.read(written(keyframe, tick, time, ack), 0, bytes);
    }

    private static void refuses(byte[] bytes, String why) {
        assertThatThrownBy(() -> new SnapshotReader(HZ).read(bytes, 0, bytes.length))
                .isInstanceOf(MalformedBytesException.class)
                .hasMessageContaining(why);
    }
}
