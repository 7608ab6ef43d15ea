package dev.terrane.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.protocol.client.ErrorCode;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LengthReaderTest {
    private static final int BYTES_MAX = 16 * 1024;

    private final Recorder recorder = new Recorder();
    private final LengthReader reader = new LengthReader(BYTES_MAX, ByteBuffer.allocate(125), recorder);

    @Test
    void takesMessagesCutAnywhere() {
        byte[] first = filled(5, 1);
        byte[] second = filled(300, 2);
        ByteBuf wire = Unpooled.buffer();
        wire.writeBytes(TestTcp.framed(first)).writeBytes(TestTcp.framed(second));
        for (int cut = 0; cut <= wire.readableBytes(); cut++) {
            Recorder heard = new Recorder();
            LengthReader fresh = new LengthReader(BYTES_MAX, ByteBuffer.allocate(125), heard);
            fresh.read(wire.slice(0, cut));
            fresh.read(wire.slice(cut, wire.readableBytes() - cut));
            assertThat(heard.messages).as("cut after %d bytes", cut).containsExactly(first, second);
            assertThat(fresh.keptBytes()).isZero();
        }
    }

    @Test
    void takesMessagesThatComeByteByByteAndSeveralAtOnce() {
        ByteBuf wire = Unpooled.buffer();
        List<byte[]> sent = new ArrayList<>();
        for (int length : new int[] {1, 124, 125, 126, 9_000, 1}) {
            sent.add(filled(length, length));
            wire.writeBytes(TestTcp.framed(filled(length, length)));
        }
        reader.read(wire.duplicate());
        while (wire.isReadable()) {
            reader.read(wire.readSlice(1));
        }
        sent.addAll(List.copyOf(sent));
        assertThat(recorder.messages)
                .usingElementComparator(java.util.Arrays::compare)
                .containsExactlyElementsOf(sent);
    }

    @Test
    void takesTheLongestMessageAndRefusesOneByteMore() {
        reader.read(Unpooled.wrappedBuffer(TestTcp.framed(filled(1, 1))));
        reader.read(Unpooled.wrappedBuffer(TestTcp.framed(filled(BYTES_MAX, 2))));
        assertThat(recorder.messages).hasSize(2);
        reader.read(Unpooled.wrappedBuffer(TestTcp.framed(filled(BYTES_MAX + 1, 3))));
        assertThat(recorder.faults).containsExactly(ErrorCode.MESSAGE_TOO_LARGE);
        assertThat(recorder.messages).hasSize(2);
    }

    @Test
    void takesNoMoreThanAHelloBeforeAnybodyIsKnown() {
        reader.read(Unpooled.wrappedBuffer(TestTcp.framed(filled(LengthReader.FIRST_BYTES_MAX + 1, 1))));
        assertThat(recorder.faults).containsExactly(ErrorCode.MESSAGE_TOO_LARGE);
    }

    @Test
    void keepsWhatHasComeAndNothingForWhatIsAnnounced() {
        reader.read(Unpooled.wrappedBuffer(TestTcp.framed(filled(1, 1))));
        reader.read(Unpooled.wrappedBuffer(new byte[] {0, 64, 0, 0, 7}));
        assertThat(reader.keptBytes()).isEqualTo(5);
        reader.drop();
        assertThat(reader.keptBytes()).isZero();
    }

    @Test
    void refusesLengthsThatAreNone() {
        for (byte[] head :
                new byte[][] {{0, 0, 0, 0}, {0, 0, 0, -128}, {-1, -1, -1, -1}, {1, 0, 1, 0}, {71, 69, 84, 32}}) {
            for (int cut = 0; cut <= 4; cut++) {
                Recorder heard = new Recorder();
                LengthReader fresh = new LengthReader(BYTES_MAX, ByteBuffer.allocate(125), heard);
                ByteBuf wire = Unpooled.wrappedBuffer(head, new byte[100]);
                fresh.read(wire.slice(0, cut));
                fresh.read(wire.slice(cut, wire.readableBytes() - cut));
                assertThat(heard.faults).hasSize(1);
                assertThat(heard.faults.getFirst())
                        .isEqualTo(head[3] == 0 && head[2] == 0 ? ErrorCode.MALFORMED : ErrorCode.MESSAGE_TOO_LARGE);
                assertThat(heard.messages).isEmpty();
                assertThat(fresh.keptBytes()).isZero();
            }
        }
    }

    @Test
    void looksAtNothingOnceTheConnectionIsBeingClosed() {
        recorder.closing = true;
        ByteBuf wire = Unpooled.wrappedBuffer(TestTcp.framed(filled(5, 1)));
        reader.read(wire);
        assertThat(recorder.messages).isEmpty();
        assertThat(wire.readableBytes()).as("left to be thrown away").isEqualTo(9);
    }

    private static byte[] filled(int length, int value) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (value + i);
        }
        return bytes;
    }

    /** As a session does, it ends with the first fault. */
    static final class Recorder implements LengthReader.Receiver {
        final List<byte[]> messages = new ArrayList<>();
        final List<ErrorCode> faults = new ArrayList<>();
        boolean closing;

        @Override
        public void message(ByteBuffer message) {
            byte[] bytes = new byte[message.remaining()];
            message.get(bytes);
            messages.add(bytes);
        }

        @Override
        public void fault(ErrorCode error, String message) {
            faults.add(error);
            closing = true;
        }

        @Override
        public boolean closing() {
            return closing;
        }
    }
}
