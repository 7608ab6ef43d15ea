package dev.terrane.ecs;

import dev.terrane.base.StateHash;
import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.ByteWriter;
import java.util.Arrays;

/**
 * The column of a {@code long} field: one value per row of its table.
 *
 * <p>{@link #set} marks the row when the value differs. A system that writes (nearly) every row takes {@link #write} instead: it marks all
 * rows at once and gives the bare array, valid up to the table's size and until the next flush.
 */
public final class LongColumn extends Column {
    private long[] values = {};

    LongColumn(Table table) {
        super(table);
    }

    public long get(int row) {
        return values[checked(row)];
    }

    public void set(int row, long value) {
        if (values[checked(row)] != value) {
            values[row] = value;
            changed.mark(row);
        }
    }

    /** The bare array, for reading only. */
    public long[] read() {
        return values;
    }

    /** The bare array for writing; every row counts as changed. */
    public long[] write() {
        markAll();
        return values;
    }

    void put(int row, long value) {
        values[row] = value;
    }

    @Override
    void growValues(int rowCapacity) {
        values = Arrays.copyOf(values, rowCapacity);
    }

    @Override
    void copyFrom(Column source, int sourceRow, int row) {
        values[row] = ((LongColumn) source).values[sourceRow];
    }

    @Override
    void copyRows(Column source, int rowCount) {
        long[] from = ((LongColumn) source).values;
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
        out.varlong(values[row]);
    }

    @Override
    void read(int row, ByteReader in) {
        values[row] = in.varlong();
    }
}
