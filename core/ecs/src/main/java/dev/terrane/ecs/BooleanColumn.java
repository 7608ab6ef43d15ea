package dev.terrane.ecs;

import dev.terrane.base.StateHash;
import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.ByteWriter;
import java.util.Arrays;

/**
 * The column of a {@code boolean} field: one value per row of its table.
 *
 * <p>{@link #set} marks the row when the value differs. A system that writes (nearly) every row takes {@link #write} instead: it marks all
 * rows at once and gives the bare array, valid up to the table's size and until the next flush.
 */
public final class BooleanColumn extends Column {
    private boolean[] values = {};

    BooleanColumn(Table table) {
        super(table);
    }

    public boolean get(int row) {
        return values[checked(row)];
    }

    public void set(int row, boolean value) {
        if (values[checked(row)] != value) {
            values[row] = value;
            changed.mark(row);
        }
    }

    /** The bare array, for reading only. */
    public boolean[] read() {
        return values;
    }

    /** The bare array for writing; every row counts as changed. */
    public boolean[] write() {
        markAll();
        return values;
    }

    void put(int row, boolean value) {
        values[row] = value;
    }

    @Override
    void growValues(int rowCapacity) {
        values = Arrays.copyOf(values, rowCapacity);
    }

    @Override
    void copyFrom(Column source, int sourceRow, int row) {
        values[row] = ((BooleanColumn) source).values[sourceRow];
    }

    @Override
    void copyRows(Column source, int rowCount) {
        boolean[] from = ((BooleanColumn) source).values;
        if (values.length < rowCount) {
            values = from.clone();
        } else {
            System.arraycopy(from, 0, values, 0, rowCount);
        }
    }

    @Override
    void hash(int row, StateHash hash) {
        hash.add(values[row] ? 1 : 0);
    }

    @Override
    void write(int row, ByteWriter out) {
        out.bool(values[row]);
    }

    @Override
    void read(int row, ByteReader in) {
        values[row] = in.bool();
    }
}
