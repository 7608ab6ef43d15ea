package dev.terrane.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.Rng;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** However frames are cut into reads: each message arrives once, in order, with the bytes that were sent. Seeds are in the failure's text. */
class FrameReaderModelTest {
    private static final int OPCODE_CONTINUATION = 0;
    private static final int OPCODE_BINARY = 2;
    private static final int OPCODE_PONG = 10;

    @Test
    void deliversWhatWasSentHoweverItIsCut() {
        for (long seed = 1; seed <= 500; seed++) {
            Rng rng = new Rng(seed);
            ByteBuf wire = Unpooled.buffer();
            List<String> sent = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                send(rng, wire, sent);
            }
            assertThat(received(rng, wire)).as("seed " + seed).isEqualTo(sent);
        }
    }

    @Test
    void takesShortWholeMessagesTheShortWay() {
        Rng rng = new Rng(7);
        ByteBuf wire = Unpooled.buffer();
        write(rng, wire, true, OPCODE_BINARY, new byte[] {1, 2, 3, 4, 5});
        write(rng, wire, true, OPCODE_BINARY, new byte[0]);
        Recorder recorder = new Recorder();
        EmbeddedChannel channel = channel(recorder);
        channel.writeInbound(wire);
        assertThat(recorder.all).containsExactly("2 0102030405", "2 ");
        assertThat(channel.<Object>readInbound()).isNull();
        assertThat(wire.refCnt()).isZero();
    }

    private static void send(Rng rng, ByteBuf wire, List<String> sent) {
        int kind = rng.nextInt(10);
        byte[] payload = new byte[kind < 6 ? rng.nextInt(126) : rng.nextInt(400)];
        for (int i = 0; i < payload.length; i++) {
            payload[i] = (byte) rng.nextInt(256);
        }
        if (kind == 8) {
            write(rng, wire, true, OPCODE_PONG, new byte[] {9});
            sent.add("10 09");
        } else if (kind == 9) {
            write(rng, wire, false, OPCODE_BINARY, payload);
            write(rng, wire, true, OPCODE_CONTINUATION, payload);
            sent.add(text(OPCODE_BINARY, payload));
            sent.add(text(OPCODE_CONTINUATION, payload));
        } else {
            write(rng, wire, true, OPCODE_BINARY, payload);
            sent.add(text(OPCODE_BINARY, payload));
        }
    }

    private static void write(Rng rng, ByteBuf wire, boolean last, int opcode, byte[] payload) {
        wire.writeByte((last ? 0x80 : 0) | opcode);
        if (payload.length <= 125) {
            wire.writeByte(0x80 | payload.length);
        } else {
            wire.writeByte(0x80 | 126).writeShort(payload.length);
        }
        byte[] mask = {
            (byte) rng.nextInt(256), (byte) rng.nextInt(256), (byte) rng.nextInt(256), (byte) rng.nextInt(256)
        };
        wire.writeBytes(mask);
        for (int i = 0; i < payload.length; i++) {
            wire.writeByte(payload[i] ^ mask[i % 4]);
        }
    }

    private static List<String> received(Rng rng, ByteBuf wire) {
        Recorder recorder = new Recorder();
        EmbeddedChannel channel = channel(recorder);
        while (wire.isReadable()) {
            channel.writeInbound(wire.readBytes(Math.min(wire.readableBytes(), 1 + rng.nextInt(200))));
            for (WebSocketFrame frame = channel.readInbound(); frame != null; frame = channel.readInbound()) {
                recorder.all.add(text(opcode(frame), bytes(frame.content().nioBuffer())));
                frame.release();
            }
        }
        wire.release();
        return recorder.all;
    }

    private static int opcode(WebSocketFrame frame) {
        return switch (frame.getClass().getSimpleName()) {
            case "BinaryWebSocketFrame" -> OPCODE_BINARY;
            case "ContinuationWebSocketFrame" -> OPCODE_CONTINUATION;
            default -> OPCODE_PONG;
        };
    }

    private static EmbeddedChannel channel(FrameReader.Receiver receiver) {
        WebSocketDecoderConfig config = WebSocketDecoderConfig.newBuilder()
                .maxFramePayloadLength(1024)
                .expectMaskedFrames(true)
                .allowExtensions(false)
                .build();
        return new EmbeddedChannel(new FrameReader(config, ByteBuffer.allocate(FrameReader.LENGTH_MAX), receiver));
    }

    private static String text(int opcode, byte[] payload) {
        return opcode + " " + HexFormat.of().formatHex(payload);
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    /** As the gateway's side, but a pong or a part of a message may come in between by the long way. */
    private static final class Recorder implements FrameReader.Receiver {
        private final List<String> all = new ArrayList<>();

        @Override
        public boolean takes(int lengthBytes) {
            return true;
        }

        @Override
        public void take(ByteBuffer message) {
            all.add(text(OPCODE_BINARY, bytes(message)));
        }
    }
}
