package dev.terrane.bytes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terrane.base.Rng;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whatever is written is read back; whatever is cut or mutated is refused by name and nothing worse. */
class BytesModelTest {
    private static final int KIND_COUNT = 13;

    @Test
    void readsBackWhatWasWritten() {
        for (long seed = 1; seed <= 200; seed++) {
            Rng rng = new Rng(seed);
            ByteWriter writer = new ByteWriter(0);
            List<Object> written = new ArrayList<>();
            int[] kinds = new int[50];
            for (int i = 0; i < kinds.length; i++) {
                kinds[i] = rng.nextInt(KIND_COUNT);
                written.add(write(writer, kinds[i], rng));
            }
            ByteReader reader = new ByteReader(writer.toBytes());
            for (int i = 0; i < kinds.length; i++) {
                assertThat(read(reader, kinds[i]))
                        .as("seed %d, value %d", seed, i)
                        .isEqualTo(written.get(i));
            }
            assertThat(reader.remaining()).isZero();
        }
    }

    @Test
    void cutBytesAreRefusedAndNothingIsReadPastTheLimit() {
        for (long seed = 1; seed <= 200; seed++) {
            Rng rng = new Rng(seed);
            ByteWriter writer = new ByteWriter(0);
            int kind = rng.nextInt(KIND_COUNT);
            write(writer, kind, rng);
            for (int length = 0; length < writer.size(); length++) {
                ByteReader reader = new ByteReader(writer.array(), 0, length);
                assertThatThrownBy(() -> read(reader, kind))
                        .as("seed %d, kind %d, %d bytes", seed, kind, length)
                        .isInstanceOf(MalformedBytesException.class)
                        .hasMessageContaining("of " + length);
            }
        }
    }

    @Test
    void randomBytesGiveValuesOrMalformedBytes() {
        for (long seed = 1; seed <= 2_000; seed++) {
            Rng rng = new Rng(seed);
            byte[] noise = new byte[rng.nextInt(40)];
            for (int i = 0; i < noise.length; i++) {
                noise[i] = (byte) rng.nextLong();
            }
            ByteReader reader = new ByteReader(noise);
            try {
                while (reader.remaining() > 0) {
                    read(reader, rng.nextInt(KIND_COUNT));
                }
            } catch (MalformedBytesException expected) {
                assertThat(reader.position()).as("seed %d", seed).isLessThanOrEqualTo(noise.length);
            }
        }
    }

    private static Object write(ByteWriter writer, int kind, Rng rng) {
        long value = rng.nextLong() >> rng.nextInt(64);
        switch (kind) {
            case 0 -> writer.u8((int) value & 0xFF);
            case 1 -> writer.bool((value & 1) == 1);
            case 2 -> writer.i32((int) value);
            case 3 -> writer.i64(value);
            case 4 -> writer.f32(value);
            case 5 -> writer.f64(value);
            case 6 -> writer.varuint((int) value);
            case 7 -> writer.varulong(value);
            case 8 -> writer.varint((int) value);
            case 9 -> writer.varlong(value);
            case 10 -> writer.i64s(new long[] {value, ~value, 7, 8}, 3);
            case 11 -> writer.varints(new int[] {(int) value, -1, 0});
            default -> writer.utf8("é" + value);
        }
        return switch (kind) {
            case 0 -> (int) value & 0xFF;
            case 1 -> (value & 1) == 1;
            case 2, 6, 8 -> (int) value;
            case 3, 7, 9 -> value;
            case 4 -> (float) value;
            case 10 -> List.of(value, ~value, 7L);
            case 11 -> List.of((int) value, -1, 0);
            case 5 -> (double) value;
            default -> "é" + value;
        };
    }

    private static Object read(ByteReader reader, int kind) {
        return switch (kind) {
            case 0 -> reader.u8();
            case 1 -> reader.bool();
            case 2 -> reader.i32();
            case 3 -> reader.i64();
            case 4 -> reader.f32();
            case 5 -> reader.f64();
            case 6 -> reader.varuint();
            case 7 -> reader.varulong();
            case 8 -> reader.varint();
            case 9 -> reader.varlong();
            case 10 -> Arrays.stream(reader.i64s()).boxed().toList();
            case 11 -> Arrays.stream(reader.varints()).boxed().toList();
            default -> reader.utf8(64);
        };
    }
}
