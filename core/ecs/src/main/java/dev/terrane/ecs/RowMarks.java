package dev.terrane.ecs;

/**
 * A set of rows, as bits. Finding the marked ones costs O(marked) plus one look per 4,096 rows: a second level of bits tells which
 * words are not empty.
 */
public final class RowMarks {
    RowMarks() {}

    public boolean isEmpty() {
        throw new UnsupportedOperationException();
    }

    public boolean get(int row) {
        throw new UnsupportedOperationException();
    }

    /** The lowest marked row that is at least {@code from}, or -1. */
    public int next(int from) {
        throw new UnsupportedOperationException();
    }

    /** Rows 64·index to 64·index + 63 as bits, lowest row in the lowest bit. */
    public long word(int index) {
        throw new UnsupportedOperationException();
    }
}
