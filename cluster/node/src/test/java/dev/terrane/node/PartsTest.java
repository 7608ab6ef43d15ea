package dev.terrane.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terrane.base.Rng;
import dev.terrane.bytes.MalformedBytesException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Long messages arrive whole or not at all. */
class PartsTest {
    private static final int MESSAGE_BYTES_MAX = 4 << 20;

    private final PartsReader reader = new PartsReader(MESSAGE_BYTES_MAX);

    private static byte[] message(Rng rng, int length) {
        byte[] message = new byte[length];
        for (int i = 0; i < length; i++) {
            message[i] = (byte) rng.nextInt(256);
        }
        return message;
    }

    private static List<byte[]> cut(byte[] message, int partBytesMax) {
        List<byte[]> parts = new ArrayList<>();
        long bytes = 0;
        for (int i = 0; i < Parts.count(message.length, partBytesMax); i++) {
            byte[] part = new byte[partBytesMax];
            int length = Parts.cut(message, message.length, i, part);
            bytes += length;
            parts.add(Arrays.copyOf(part, length));
        }
        assertThat(bytes).isEqualTo(Parts.bytes(message.length, partBytesMax));
        return parts;
    }

    private byte @Nullable [] addAll(List<byte[]> parts) {
        for (byte[] part : parts.subList(0, parts.size() - 1)) {
            assertThat(reader.add(part, 0, part.length)).isNull();
        }
        byte[] last = parts.getLast();
        return reader.add(last, 0, last.length);
    }

    @Test
    void comeTogetherAgainHoweverLongTheyAre() {
        for (long seed = 1; seed <= 50; seed++) {
            Rng rng = new Rng(seed);
            int partBytesMax = 10 + rng.nextInt(100_000);
            byte[] message = message(rng, 1 + rng.nextInt(Math.min(3_000_000, 2_000 * partBytesMax)));
            assertThat(addAll(cut(message, partBytesMax))).as("seed " + seed).isEqualTo(message);
        }
    }

    @Test
    void fitExactly() {
        byte[] message = message(new Rng(1), 2 * (100 - Parts.HEAD_BYTES));
        assertThat(cut(message, 100))
                .hasSize(2)
                .allSatisfy(part -> assertThat(part).hasSize(100));
        assertThat(addAll(cut(message, 100))).isEqualTo(message);
    }

    @Test
    void ofAMessageThatWasGivenUpAreForgottenWhenTheNextBegins() {
        List<byte[]> givenUp = cut(message(new Rng(1), 1_000), 100);
        for (byte[] part : givenUp.subList(0, 5)) {
            assertThat(reader.add(part, 0, part.length)).isNull();
        }
        byte[] next = message(new Rng(2), 1_000);
        assertThat(addAll(cut(next, 100))).isEqualTo(next);
    }

    @Test
    void withAHoleAreRefusedAndDoNoHarmToTheNext() {
        byte[] message = message(new Rng(1), 1_000);
        List<byte[]> parts = cut(message, 100);
        reader.add(parts.get(0), 0, 100);
        assertThatThrownBy(() -> reader.add(parts.get(2), 0, 100))
                .isInstanceOf(MalformedBytesException.class)
                .hasMessageContaining("a part at 182 of 1000, after 91 of 1000");
        assertThatThrownBy(() -> reader.add(parts.get(1), 0, 100)).isInstanceOf(MalformedBytesException.class);
        assertThat(addAll(parts)).isEqualTo(message);
    }

    @Test
    void ofTooLongAMessageAreRefusedAtOnce() {
        byte[] part = new byte[100];
        Parts.cut(new byte[MESSAGE_BYTES_MAX + 1], MESSAGE_BYTES_MAX + 1, 0, part);
        assertThatThrownBy(() -> reader.add(part, 0, 100)).isInstanceOf(MalformedBytesException.class);
    }

    @Test
    void areNeverMistakenForMessagesNorTheOtherWayRound() {
        byte[] part = new byte[100];
        Parts.cut(new byte[100], 100, 0, part);
        assertThat(Parts.isPart(part, 0, 100)).isTrue();
        assertThatThrownBy(() -> new NodeMessageCodec(null).read(part, 0, 100))
                .isInstanceOf(MalformedBytesException.class)
                .hasMessageContaining("kind 127");
    }

    @Test
    void ofAnyBytesAreReadOrRefused() {
        int refused = 0;
        for (long seed = 1; seed <= 2_000; seed++) {
            Rng rng = new Rng(seed);
            byte[] bytes = message(rng, rng.nextInt(30));
            if (bytes.length > 0) {
                bytes[0] = (byte) Parts.MARK;
            }
            try {
                reader.add(bytes, 0, bytes.length);
            } catch (MalformedBytesException expected) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(1_000);
        byte[] message = message(new Rng(1), 1_000);
        assertThat(addAll(cut(message, 100))).isEqualTo(message);
    }
}
