package dev.terrane.ecs;

import dev.terrane.base.StateHash;
import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.ByteWriter;
import java.util.Arrays;

/**
 * The column of an {@code int} field: one value per row of its table.
 *
 * <p>{@link #set} marks the row when the value differs. A system that writes (nearly) every row takes {@link #write} instead: it marks all
 * rows at once and gives the bare array, valid up to the table's size and until the next flush.
 */
public final class IntColumn extends Column {
    private int[] values = {};

    IntColumn(Table table) {
        super(table);
    }

    public int get(int row) {
        return values[checked(row)];
    }

    public void set(int row, int value) {
        if (values[checked(row)] != value) {
            values[row] = value;
            changed.mark(row);
        }
    }

    /** The bare array, for reading only. */
    public int[] read() {
        return values;
    }

    /** The bare array for writing; every row counts as changed. */
    public int[] write() {
        markAll();
        return values;
    }

    void put(int row, int value) {
        values[row] = value;
    }

    @Override
    void growValues(int rowCapacity) {
        values = Arrays.copyOf(values, rowCapacity);
    }

    @Override
    void copyFrom(Column source, int sourceRow, int row) {
        values[row] = ((IntColumn) source).values[sourceRow];
    }

    @Override
    void copyRows(Column source, int rowCount) {
        int[] from = ((IntColumn) source).values;
        if (values.length < rowCount) {
            values = from.clone();
        } else {
            System.arraycopy(from, 0, values, 0, rowCount);
        }
    }

    @Override
    void hash(int row, StateHash hash) {
        hash.add(values[row]);
    }

    @Override
    void write(int row, ByteWriter out) {
        out.varint(values[row]);
    }

    @Override
    void read(int row, ByteReader in) {
        values[row] = in.varint();
    }
}
