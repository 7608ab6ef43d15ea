package dev.terrane.bench.load.bots;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.protocol.client.ClientCodec;
import dev.terrane.protocol.client.Pong;
import dev.terrane.protocol.client.SnapshotHead;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class HeadReaderTest {
    private static final double TIME = 1_750_000_000_123.0;

    private final HeadReader reader = new HeadReader();
    private final ByteBuffer out = ByteBuffer.allocate(1024);

    @Test
    void followsHeadsThatLeaveTheTimeOut() {
        SnapshotHead head = new SnapshotHead(20);
        head.write(out, true, 77, TIME, 0);
        assertThat(reader.read(out.array(), out.position())).isTrue();
        assertThat(reader.serverTimeMillis()).isEqualTo(TIME);
        int first = out.position();
        out.clear();
        head.write(out, false, 78, TIME + 50, 0);
        assertThat(out.position()).isLessThan(first);
        assertThat(reader.read(out.array(), out.position())).isTrue();
        assertThat(reader.tick()).isEqualTo(78);
        assertThat(reader.serverTimeMillis()).isEqualTo(TIME + 50);
    }

    @Test
    void leavesOtherMessagesAlone() {
        byte[] pong = ClientCodec.encode(new Pong(1, 2));
        assertThat(reader.read(pong, pong.length)).isFalse();
    }
}
