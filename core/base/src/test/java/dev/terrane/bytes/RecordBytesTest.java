package dev.terrane.bytes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordBytesTest {
    private enum Colour {
        RED,
        GREEN
    }

    private record Inner(short a, byte b, char c) {}

    private record All(int i, long l, float f, double d, boolean yes, String text, Colour colour, Inner inner) {}

    private record Picky(int positive) {
        Picky {
            if (positive < 1) {
                throw new IllegalArgumentException("not positive");
            }
        }
    }

    private record Listing(List<String> names) {}

    private record Endless(Endless next) {}

    private static final All ALL =
            new All(-1, Long.MIN_VALUE, 1.5f, -0.0, true, "ü", Colour.GREEN, new Inner((short) -2, (byte) -3, 'x'));

    @Test
    void writesEachMemberInItsOrderAndReadsItBack() {
        RecordBytes bytes = RecordBytes.of(All.class);
        ByteWriter out = new ByteWriter(16);
        bytes.write(ALL, out);
        assertThat(HexFormat.of().formatHex(out.toBytes()))
                .isEqualTo("01" + "ffffffffffffffffff01" + "0000c03f" + "0000000000000080" + "01" + "02c3bc" + "01"
                        + "03fd78");
        ByteReader in = new ByteReader(out.toBytes());
        assertThat(bytes.read(in)).isEqualTo(ALL);
        assertThat(in.remaining()).isZero();
    }

    @Test
    void refusesBytesThatAreNoSuchRecord() {
        assertThatThrownBy(() -> RecordBytes.of(Picky.class).read(new ByteReader(new byte[] {0})))
                .isInstanceOf(MalformedBytesException.class)
                .hasMessageContaining("not positive");
        assertThatThrownBy(() -> RecordBytes.of(All.class).read(new ByteReader(new byte[9])))
                .isInstanceOf(MalformedBytesException.class);
    }

    @Test
    void refusesClassesThatCannotTravelByNamingTheMember() {
        assertThatThrownBy(() -> RecordBytes.of(Listing.class))
                .hasMessageContaining("'names'")
                .hasMessageContaining("java.util.List");
        assertThatThrownBy(() -> RecordBytes.of(Endless.class)).hasMessageContaining("more than 4");
    }

    @Test
    void refusesATextThatNobodyWouldRead() {
        All tooLong = new All(0, 0, 0, 0, false, "x".repeat(RecordBytes.TEXT_BYTES_MAX), Colour.RED, ALL.inner());
        assertThatThrownBy(() -> RecordBytes.of(All.class).write(tooLong, new ByteWriter(16)))
                .hasMessageContaining("All.text is longer");
    }
}
