package dev.terrane.bytes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class BytesGoldenTest {
    @Test
    void writesTheDocumentedBytes() {
        ByteWriter writer = new ByteWriter(1);
        writer.i32(0x0102_0304);
        writer.i64(-2);
        writer.varuint(300);
        writer.varuint(-1);
        writer.varint(-1);
        writer.varint(1);
        writer.varlong(Long.MIN_VALUE);
        writer.f32(1f);
        writer.utf8("ü");
        writer.blob(new byte[] {7});
        assertThat(HexFormat.of().formatHex(writer.toBytes()))
                .isEqualTo("04030201" + "feffffffffffffff" + "ac02" + "ffffffff0f" + "01" + "02"
                        + "ffffffffffffffffff01" + "0000803f" + "02c3bc" + "0107");
    }

    @Test
    void patchesALengthThatIsKnownLater() {
        ByteWriter writer = new ByteWriter(0);
        writer.i32(0);
        writer.u8(9);
        writer.patchI32(0, 1);
        assertThat(writer.toBytes()).containsExactly(1, 0, 0, 0, 9);
        assertThatThrownBy(() -> writer.patchI32(2, 1)).hasMessageContaining("cannot patch");
    }

    @Test
    void truncatesBackButNeverForward() {
        ByteWriter writer = new ByteWriter(0);
        writer.i32(5);
        writer.truncate(1);
        assertThat(writer.toBytes()).containsExactly(5);
        assertThatThrownBy(() -> writer.truncate(2)).hasMessageContaining("cannot truncate");
        assertThat(writer.clear().size()).isZero();
    }

    @Test
    void refusesACountThatCannotFitBeforeAnythingIsAllocated() {
        ByteWriter writer = new ByteWriter(0);
        writer.varuint(-1);
        assertThatThrownBy(() -> new ByteReader(writer.toBytes()).count(1)).hasMessageContaining("4294967295");
        writer.clear().varuint(3);
        writer.i32(0);
        assertThat(new ByteReader(writer.toBytes()).count(1)).isEqualTo(3);
        assertThatThrownBy(() -> new ByteReader(writer.toBytes()).count(2)).hasMessageContaining("does not fit");
    }

    @Test
    void refusesLongerTextsAndBlobsThanAskedFor() {
        ByteWriter writer = new ByteWriter(0);
        writer.utf8("four");
        assertThatThrownBy(() -> new ByteReader(writer.toBytes()).utf8(3)).hasMessageContaining("longer than 3");
        assertThatThrownBy(() -> new ByteReader(writer.toBytes()).blob(3)).hasMessageContaining("longer than 3");
    }

    @Test
    void refusesIntegersThatGoOnForEver() {
        byte[] endless = HexFormat.of().parseHex("ffffffffffffffffffffffff");
        assertThatThrownBy(() -> new ByteReader(endless).varuint()).hasMessageContaining("longer than 5");
        assertThatThrownBy(() -> new ByteReader(endless).varulong()).hasMessageContaining("longer than 10");
    }

    @Test
    void refusesARangeOutsideTheArray() {
        assertThatThrownBy(() -> new ByteReader(new byte[4], 2, 3)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ByteReader(new byte[4], 1, Integer.MAX_VALUE))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ByteReader(new byte[4]).skip(-1)).isInstanceOf(MalformedBytesException.class);
    }
}
