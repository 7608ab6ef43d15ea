package dev.terrane.ecs;

/**
 * The column of a {@code long} field: one value per row of its table.
 *
 * <p>{@link #set} marks the row when the value differs. A system that writes (nearly) every row takes {@link #write} instead: it marks all
 * rows at once and gives the bare array, valid up to the table's size and until the next flush.
 */
public final class LongColumn {
    LongColumn() {}

    public long get(int row) {
        throw new UnsupportedOperationException();
    }

    public void set(int row, long value) {
        throw new UnsupportedOperationException();
    }

    /** The bare array, for reading only. */
    public long[] read() {
        throw new UnsupportedOperationException();
    }

    /** The bare array for writing; every row counts as changed. */
    public long[] write() {
        throw new UnsupportedOperationException();
    }
}
