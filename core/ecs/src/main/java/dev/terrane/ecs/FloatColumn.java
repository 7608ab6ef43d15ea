package dev.terrane.ecs;

import dev.terrane.base.StateHash;
import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.ByteWriter;
import java.util.Arrays;

/**
 * The column of a {@code float} field: one value per row of its table.
 *
 * <p>{@link #set} marks the row when the value differs (bit by bit: NaN equals itself, 0 differs from -0). A system that writes (nearly) every row takes {@link #write} instead: it marks all
 * rows at once and gives the bare array, valid up to the table's size and until the next flush.
 */
public final class FloatColumn extends Column {
    private float[] values = {};

    FloatColumn(Table table) {
        super(table);
    }

    public float get(int row) {
        return values[checked(row)];
    }

    public void set(int row, float value) {
        if (Float.floatToRawIntBits(values[checked(row)]) != Float.floatToRawIntBits(value)) {
            values[row] = value;
            changed.mark(row);
        }
    }

    /** The bare array, for reading only. */
    public float[] read() {
        return values;
    }

    /** The bare array for writing; every row counts as changed. */
    public float[] write() {
        markAll();
        return values;
    }

    void put(int row, float value) {
        values[row] = value;
    }

    @Override
    void growValues(int rowCapacity) {
        values = Arrays.copyOf(values, rowCapacity);
    }

    @Override
    void copyFrom(Column source, int sourceRow, int row) {
        values[row] = ((FloatColumn) source).values[sourceRow];
    }

    @Override
    void copyRows(Column source, int rowCount) {
        float[] from = ((FloatColumn) source).values;
        if (values.length < rowCount) {
            values = from.clone();
        } else {
            System.arraycopy(from, 0, values, 0, rowCount);
        }
    }

    @Override
    void hash(int row, StateHash hash) {
        hash.add(Float.floatToRawIntBits(values[row]));
    }

    @Override
    void write(int row, ByteWriter out) {
        out.f32(values[row]);
    }

    @Override
    void read(int row, ByteReader in) {
        values[row] = in.f32();
    }
}
