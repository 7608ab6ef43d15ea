package dev.terrane.ecs;

/**
 * The column of a {@code boolean} field: one value per row of its table.
 *
 * <p>{@link #set} marks the row when the value differs. A system that writes (nearly) every row takes {@link #write} instead: it marks all
 * rows at once and gives the bare array, valid up to the table's size and until the next flush.
 */
public final class BooleanColumn {
    BooleanColumn() {}

    public boolean get(int row) {
        throw new UnsupportedOperationException();
    }

    public void set(int row, boolean value) {
        throw new UnsupportedOperationException();
    }

    /** The bare array, for reading only. */
    public boolean[] read() {
        throw new UnsupportedOperationException();
    }

    /** The bare array for writing; every row counts as changed. */
    public boolean[] write() {
        throw new UnsupportedOperationException();
    }
}
