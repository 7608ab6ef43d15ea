package dev.terrane.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.Rng;
import java.util.BitSet;
import org.junit.jupiter.api.Test;

class RowMarksTest {
    private static final int ROWS = 10_000;

    private final RowMarks marks = new RowMarks();

    @Test
    void isEmptyBeforeItHasRows() {
        assertThat(marks.isEmpty()).isTrue();
        assertThat(marks.next(0)).isEqualTo(-1);
        assertThat(marks.word(7)).isZero();
        assertThat(marks.get(500)).isFalse();
    }

    @Test
    void findsTheSameRowsAsABitSet() {
        marks.grow(ROWS);
        for (long seed = 1; seed <= 20; seed++) {
            Rng rng = new Rng(seed);
            BitSet expected = new BitSet();
            marks.clear();
            for (int step = 0; step < 200; step++) {
                change(rng, expected);
                assertSame(expected, rng.nextInt(ROWS), seed);
            }
        }
    }

    private void change(Rng rng, BitSet expected) {
        int row = rng.nextInt(ROWS);
        int other = rng.nextInt(ROWS);
        switch (rng.nextInt(6)) {
            case 0 -> {
                marks.unmark(row);
                expected.clear(row);
            }
            case 1 -> {
                marks.move(row, other);
                boolean marked = expected.get(row);
                expected.clear(row);
                if (row != other) {
                    expected.set(other, marked);
                } else {
                    expected.set(row, marked);
                }
            }
            case 2 -> {
                if (rng.chance(0.05f)) {
                    marks.markFirst(row);
                    expected.set(0, row);
                }
            }
            default -> {
                marks.mark(row);
                expected.set(row);
            }
        }
    }

    private void assertSame(BitSet expected, int from, long seed) {
        boolean alike = marks.isEmpty() == expected.isEmpty()
                && marks.next(from) == expected.nextSetBit(from)
                && marks.get(from) == expected.get(from);
        assertThat(alike).as("seed %d, from %d", seed, from).isTrue();
        BitSet found = new BitSet();
        for (int row = marks.next(0); row >= 0; row = marks.next(row + 1)) {
            found.set(row);
        }
        assertThat(found).as("seed %d", seed).isEqualTo(expected);
    }
}
