package dev.terrane.cell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.ByteWriter;
import dev.terrane.cell.JitterBuffer.Outcome;
import dev.terrane.protocol.cluster.CellInput.PlayerInput;
import org.junit.jupiter.api.Test;

class JitterBufferTest {
    private final JitterBuffer buffer = new JitterBuffer(4, 0);

    private static PlayerInput input(int seq, int pressed) {
        return new PlayerInput(1, seq, 0, seq, 0, 0, 0, 0, pressed);
    }

    @Test
    void givesInputsInTheOrderOfTheirNumbers() {
        buffer.offer(input(3, 0));
        buffer.offer(input(1, 0));
        buffer.offer(input(2, 0));
        assertThat(takenAt(0)).isEqualTo(1);
        assertThat(takenAt(0)).isEqualTo(2);
        assertThat(takenAt(0)).isEqualTo(3);
        assertThat(buffer.count()).isZero();
    }

    @Test
    void refusesWhatWaitsOrWasTakenAlready() {
        assertThat(buffer.offer(input(1, 0))).isEqualTo(Outcome.QUEUED);
        assertThat(buffer.offer(input(1, 0))).isEqualTo(Outcome.OLD);
        buffer.take(0);
        assertThat(buffer.offer(input(1, 0))).isEqualTo(Outcome.OLD);
        assertThat(new JitterBuffer(4, 9).offer(input(9, 0))).isEqualTo(Outcome.OLD);
    }

    @Test
    void dropsTheOldestWhenFullButKeepsItsPressedBits() {
        for (int seq = 1; seq <= 4; seq++) {
            assertThat(buffer.offer(input(seq, 1 << seq))).isEqualTo(Outcome.QUEUED);
        }
        assertThat(buffer.offer(input(5, 0))).isEqualTo(Outcome.QUEUED_DROPPING_OLDEST);
        assertThat(buffer.offer(input(6, 0))).isEqualTo(Outcome.QUEUED_DROPPING_OLDEST);
        assertThat(takenAt(0)).isEqualTo(3);
        assertThat(buffer.takeCarried()).isEqualTo(0b110);
        assertThat(buffer.takeCarried()).isZero();
    }

    @Test
    void takesNoDroppedInputAgain() {
        for (int seq = 1; seq <= 5; seq++) {
            buffer.offer(input(seq, 0));
        }
        assertThat(buffer.offer(input(1, 1))).isEqualTo(Outcome.OLD);
    }

    @Test
    void dropsALatecomerThatIsTheOldestOfAll() {
        for (int seq = 2; seq <= 5; seq++) {
            buffer.offer(input(seq, 0));
        }
        assertThat(buffer.offer(input(1, 8))).isEqualTo(Outcome.QUEUED_DROPPING_OLDEST);
        assertThat(buffer.takeCarried()).isEqualTo(8);
        assertThat(takenAt(0)).isEqualTo(2);
    }

    @Test
    void worksOffABacklogThatLasts() {
        buffer.offer(input(1, 0));
        buffer.offer(input(2, 0));
        int seq = 3;
        int trimmed = 0;
        for (int tick = 0; tick < 2 * JitterBuffer.BACKLOG_TICKS_MAX; tick++) {
            buffer.offer(input(seq++, 0));
            trimmed += buffer.trim() ? 1 : 0;
            buffer.take(0);
        }
        assertThat(trimmed).isEqualTo(1);
        assertThat(buffer.count()).isEqualTo(1);
    }

    @Test
    void doesNotTrimAShortBurst() {
        for (int seq = 1; seq <= 4; seq++) {
            buffer.offer(input(seq, 0));
        }
        while (buffer.count() > 0) {
            assertThat(buffer.trim()).isFalse();
            buffer.take(0);
        }
    }

    private static PlayerInput bound(int seq, int tick, int pressed) {
        return new PlayerInput(1, seq, tick, 0, 0, 0, 0, 0, pressed);
    }

    private int takenAt(long tick) {
        PlayerInput taken = buffer.take(tick);
        return taken == null ? 0 : taken.seq();
    }

    @Test
    void givesAnInputThatNamesItsTickInThatTickAndNotBefore() {
        buffer.offer(bound(1, 100, 0));
        buffer.offer(bound(2, 101, 0));
        assertThat(takenAt(99)).isZero();
        assertThat(takenAt(100)).isEqualTo(1);
        assertThat(takenAt(101)).isEqualTo(2);
        assertThat(takenAt(102)).isZero();
    }

    @Test
    void takesTheLastOfThoseThatComeTooLateWithAllThatWasPressed() {
        buffer.offer(bound(1, 100, 0b001));
        buffer.offer(bound(2, 101, 0b010));
        buffer.offer(bound(3, 102, 0b100));
        assertThat(takenAt(101)).isEqualTo(2);
        assertThat(buffer.takeCarried()).isEqualTo(0b001);
        assertThat(takenAt(102)).isEqualTo(3);
        assertThat(buffer.offer(bound(1, 100, 0b001))).isEqualTo(Outcome.OLD);
    }

    @Test
    void takesAnInputForATickThatIsFarOffInItsTurn() {
        buffer.offer(bound(1, 100 + JitterBuffer.AHEAD_TICKS_MAX + 1, 0));
        buffer.offer(bound(2, 100 - 1_000_000, 0));
        assertThat(takenAt(100)).isEqualTo(2);
        assertThat(takenAt(101)).isZero();
    }

    @Test
    void knowsTicksByTheirLast32Bits() {
        long tick = (1L << 32) - 1;
        buffer.offer(bound(1, (int) tick, 0));
        buffer.offer(bound(2, 1, 0));
        assertThat(takenAt(tick - 1)).isZero();
        assertThat(takenAt(tick)).isEqualTo(1);
        assertThat(takenAt(tick + 1)).isZero();
        assertThat(takenAt(tick + 2)).isEqualTo(2);
    }

    @Test
    void holdsInputsThatAreAheadWithoutCallingThemABacklog() {
        int seq = 1;
        buffer.offer(bound(seq, seq, 0));
        for (int tick = 1; tick <= 3 * JitterBuffer.BACKLOG_TICKS_MAX; tick++) {
            while (seq < tick + 3) {
                seq++;
                buffer.offer(bound(seq, seq, 0));
            }
            assertThat(buffer.trim()).isFalse();
            assertThat(takenAt(tick)).isEqualTo(tick);
        }
    }

    @Test
    void survivesItsBytes() {
        for (int seq = 1; seq <= 5; seq++) {
            buffer.offer(new PlayerInput(77, seq, seq + 1, seq + 0.5f, 0.25f, -0.5f, 3, -1, 4));
        }
        ByteWriter bytes = new ByteWriter(64);
        buffer.write(bytes);
        JitterBuffer copy = new JitterBuffer(4, 0);
        copy.read(new ByteReader(bytes.toBytes()), 77);
        assertThat(copy.takeCarried()).isEqualTo(4);
        for (int seq = 2; seq <= 5; seq++) {
            assertThat(copy.take(seq + 1))
                    .isEqualTo(new PlayerInput(77, seq, seq + 1, seq + 0.5f, 0.25f, -0.5f, 3, -1, 4));
        }
    }
}
