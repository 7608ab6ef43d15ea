package dev.terrane.protocol.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terrane.base.Rng;
import dev.terrane.base.WorldId;
import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.ByteWriter;
import dev.terrane.bytes.MalformedBytesException;
import org.junit.jupiter.api.Test;

class CellFrameCodecTest {
    private final CellFrameCodec codec = new CellFrameCodec(Messages.WORLD);

    @Test
    void bringsEveryColumnBack() {
        for (int seed = 0; seed < 50; seed++) {
            Rng rng = new Rng(Rng.mix(seed));
            CellFrame frame = Frames.of(rng, rng.nextInt(300), rng.nextInt(40), rng.chance(0.5f));
            CellFrame again = again(frame);
            assertThat(again)
                    .as("seed %s", seed)
                    .usingRecursiveComparison()
                    .ignoringFields("groups", "bytes")
                    .isEqualTo(frame);
            assertThat(frame.bytes()).as("seed %s", seed).startsWith(again.bytes());
        }
    }

    @Test
    void tellsTeamsWhereNobodyHasASquad() {
        CellFrame frame = Frames.of(new Rng(1), 48, 5, true);
        assertThat(frame.groups().squad()).isEmpty();
        CellFrame again = again(frame);
        for (int i = 0; i < 5; i++) {
            assertThat(again.groups().teamOf(i)).isEqualTo(i + 1);
            assertThat(again.groups().squadOf(i)).isZero();
        }
        for (int i = 0; i < frame.sliceCount(); i++) {
            assertThat(again.audience(i)).isEqualTo(frame.audience(i));
        }
    }

    @Test
    void writesNoMoreOfTheBodiesThanIsPointedAt() {
        CellFrame frame = Frames.of(new Rng(1), 48, 0, false);
        assertThat(again(frame).bytes()).hasSize(2 * 24 * 20).isEqualTo(frame.bytes());
    }

    @Test
    void costsLittleMoreThanItsBodies() {
        CellFrame frame = Frames.of(new Rng(1), 500, 100, false);
        // 7 numbers per slice; per avatar two ids, a place and 7 numbers.
        assertThat(bytes(frame).length - frame.bytes().length).isLessThan(frame.sliceCount() * 14 + 100 * 40 + 40);
    }

    /** Whatever is bent: what comes out never points beyond its bytes. */
    @Test
    void refusesBodiesBeyondTheBytes() {
        byte[] honest = bytes(Frames.of(new Rng(1), 48, 3, true));
        int refused = 0;
        for (int at = 0; at < honest.length; at++) {
            byte[] bent = honest.clone();
            bent[at] ^= 0x7F;
            try {
                CellFrame frame = codec.read(new ByteReader(bent));
                for (int i = 0; i < frame.sliceCount(); i++) {
                    assertThat(frame.offset()[i] + frame.length()[i]).isBetween(0, frame.bytes().length);
                }
                for (int i = 0; i < frame.avatarCount(); i++) {
                    assertThat(frame.selfOffset()[i] + frame.selfLength()[i]).isBetween(0, frame.bytes().length);
                    assertThat(frame.eventsOffset()[i] + frame.eventsLength()[i])
                            .isBetween(0, frame.bytes().length);
                }
            } catch (MalformedBytesException expected) {
                refused++;
            }
        }
        assertThat(refused).isPositive();
    }

    @Test
    void refusesFramesOfAnotherWorld() {
        CellFrame frame = Frames.of(new Rng(1), 24, 0, false);
        CellFrameCodec other = new CellFrameCodec(new WorldId("other"));
        assertThatThrownBy(() -> other.write(frame, new ByteWriter(64))).isInstanceOf(IllegalArgumentException.class);
    }

    private CellFrame again(CellFrame frame) {
        return read(bytes(frame));
    }

    private byte[] bytes(CellFrame frame) {
        ByteWriter out = new ByteWriter(256);
        codec.write(frame, out);
        return out.toBytes();
    }

    private CellFrame read(byte[] bytes) {
        ByteReader in = new ByteReader(bytes);
        CellFrame frame = codec.read(in);
        assertThat(in.remaining()).isZero();
        return frame;
    }
}
