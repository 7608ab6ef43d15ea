package dev.terrane.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.Rng;
import dev.terrane.protocol.client.ErrorCode;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Streams of messages and nonsense, cut at random: what comes out is what a reader with all the bytes before it would say. {@code -Dfuzz.seed=N} repeats. */
class LengthReaderFuzz {
    private static final int CASE_COUNT = 20_000;
    private static final int BYTES_MAX = 1_000;

    private final long seed = Long.getLong("fuzz.seed", System.nanoTime());

    @Test
    void readsAnyStreamHoweverItIsCut() {
        System.out.println("LengthReaderFuzz: -Dfuzz.seed=" + seed);
        int faulty = 0;
        for (int i = 0; i < CASE_COUNT; i++) {
            Rng rng = new Rng(Rng.mix(seed + i));
            byte[] stream = stream(rng);
            LengthReaderTest.Recorder heard = new LengthReaderTest.Recorder();
            LengthReader reader = new LengthReader(BYTES_MAX, ByteBuffer.allocate(125), heard);
            int keptMost = 0;
            for (int at = 0; at < stream.length; ) {
                int length = Math.min(stream.length - at, 1 + rng.nextInt(rng.nextInt(10) == 0 ? 2_000 : 40));
                reader.read(Unpooled.wrappedBuffer(stream, at, length));
                keptMost = Math.max(keptMost, reader.keptBytes());
                at += length;
            }
            String which = "-Dfuzz.seed=" + seed + ", case " + i;
            Expected expected = expected(stream);
            assertThat(heard.messages)
                    .as(which)
                    .usingElementComparator(Arrays::compare)
                    .isEqualTo(expected.messages);
            assertThat(heard.faults).as(which).isEqualTo(expected.faults);
            assertThat(keptMost).as(which).isLessThan(LengthHead.BYTES + BYTES_MAX);
            faulty += expected.faults.size();
            reader.drop();
        }
        assertThat(faulty)
                .as("some streams are nonsense, and some are not")
                .isBetween(CASE_COUNT / 10, CASE_COUNT * 9 / 10);
    }

    private record Expected(List<byte[]> messages, List<ErrorCode> faults) {}

    private static Expected expected(byte[] stream) {
        Expected all = new Expected(new ArrayList<>(), new ArrayList<>());
        ByteBuffer in = ByteBuffer.wrap(stream).order(java.nio.ByteOrder.LITTLE_ENDIAN);
        while (in.remaining() >= 4) {
            long length = Integer.toUnsignedLong(in.getInt());
            if (length == 0 || length > BYTES_MAX) {
                all.faults.add(length == 0 ? ErrorCode.MALFORMED : ErrorCode.MESSAGE_TOO_LARGE);
                return all;
            }
            if (length > in.remaining()) {
                return all;
            }
            byte[] message = new byte[(int) length];
            in.get(message);
            all.messages.add(message);
        }
        return all;
    }

    private static byte[] stream(Rng rng) {
        ByteBuf out = Unpooled.buffer();
        for (int count = rng.nextInt(12); count > 0; count--) {
            int kind = rng.nextInt(40);
            int length = kind == 0 ? BYTES_MAX + rng.nextInt(3) - 1 : 1 + rng.nextInt(kind < 4 ? BYTES_MAX : 150);
            out.writeIntLE(kind == 1 ? (int) rng.nextLong() : kind == 2 ? 0 : length);
            for (int i = 0; i < length; i++) {
                out.writeByte(rng.nextInt(256));
            }
        }
        byte[] bytes = new byte[rng.nextInt(4) == 0 ? rng.nextInt(out.readableBytes() + 1) : out.readableBytes()];
        out.getBytes(0, bytes);
        return bytes;
    }
}
