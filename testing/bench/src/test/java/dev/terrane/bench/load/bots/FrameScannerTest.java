package dev.terrane.bench.load.bots;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FrameScannerTest {
    private final List<String> heard = new ArrayList<>();

    @Test
    void findsFramesOfAllLengthsHoweverTheyAreCut() {
        byte[] stream = stream(5, 0, 125, 126, 65_535, 65_536);
        List<String> whole = scan(stream, stream.length, 1 << 20);
        assertThat(whole)
                .containsExactly(
                        "2: 5 of 7",
                        "2: 0 of 2",
                        "2: 125 of 127",
                        "2: 126 of 130",
                        "2: 65535 of 65539",
                        "2: 65536 of 65546");
        assertThat(scan(stream, 1, 1 << 20)).isEqualTo(whole);
        assertThat(scan(stream, 7, 1 << 20)).isEqualTo(whole);
    }

    @Test
    void keepsOnlyTheBeginning() {
        byte[] stream = stream(5, 300, 70_000);
        assertThat(scan(stream, 64, 100)).containsExactly("2: 5 of 7", "2: 100 of 304", "2: 100 of 70010");
    }

    private List<String> scan(byte[] stream, int pieceBytes, int keptMax) {
        heard.clear();
        FrameScanner scanner = new FrameScanner(keptMax);
        for (int from = 0; from < stream.length; from += pieceBytes) {
            ByteBuffer piece = ByteBuffer.wrap(stream, from, Math.min(pieceBytes, stream.length - from));
            scanner.scan(piece, this::note);
            assertThat(piece.hasRemaining()).isFalse();
        }
        return List.copyOf(heard);
    }

    /** Payload byte i is i: a byte that got lost or doubled shows. */
    private void note(int opcode, byte[] kept, int keptBytes, long frameBytes) {
        for (int i = 0; i < keptBytes; i++) {
            assertThat(kept[i]).isEqualTo((byte) i);
        }
        heard.add(opcode + ": " + keptBytes + " of " + frameBytes);
    }

    private static byte[] stream(int... lengths) {
        ByteBuffer out = ByteBuffer.allocate(1 << 19);
        for (int length : lengths) {
            out.put((byte) 0x82);
            if (length < 126) {
                out.put((byte) length);
            } else if (length <= 0xFFFF) {
                out.put((byte) 126).putShort((short) length);
            } else {
                out.put((byte) 127).putLong(length);
            }
            for (int i = 0; i < length; i++) {
                out.put((byte) i);
            }
        }
        byte[] bytes = new byte[out.position()];
        out.flip().get(bytes);
        return bytes;
    }
}
