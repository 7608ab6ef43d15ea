package dev.terrane.ecs;

import dev.terrane.base.StateHash;
import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.ByteWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The column of a {@code String} field: one value per row of its table.
 *
 * <p>{@link #set} marks the row when the value differs; it throws IllegalArgumentException for a text longer than 255 bytes of UTF-8
 * or with half a surrogate pair, which could not be stored and read back. A system that writes (nearly) every row takes
 * {@link #write} instead: it marks all rows at once and gives the bare array, valid up to the table's size and until the next flush.
 */
public final class TextColumn extends Column {
    private final Field field;
    private String[] values = {};

    TextColumn(Table table, Field field) {
        super(table);
        this.field = field;
    }

    public String get(int row) {
        return values[checked(row)];
    }

    public void set(int row, String value) {
        if (!values[checked(row)].equals(value)) {
            Text.require(field.name(), value);
            values[row] = value;
            changed.mark(row);
        }
    }

    /** The bare array, for reading only. */
    public String[] read() {
        return values;
    }

    /** The bare array for writing; every row counts as changed. The caller keeps the limits of {@link #set}. */
    public String[] write() {
        markAll();
        return values;
    }

    void put(int row, String value) {
        values[row] = value;
    }

    @Override
    void growValues(int rowCapacity) {
        int from = values.length;
        values = Arrays.copyOf(values, rowCapacity);
        Arrays.fill(values, from, rowCapacity, "");
    }

    @Override
    void copyFrom(Column source, int sourceRow, int row) {
        values[row] = ((TextColumn) source).values[sourceRow];
    }

    @Override
    void release(int row) {
        values[row] = "";
    }

    @Override
    void copyRows(Column source, int rowCount) {
        System.arraycopy(((TextColumn) source).values, 0, values, 0, rowCount);
    }

    @Override
    void hash(int row, StateHash hash) {
        byte[] bytes = values[row].getBytes(StandardCharsets.UTF_8);
        hash.add(bytes, 0, bytes.length);
    }

    @Override
    void write(int row, ByteWriter out) {
        out.utf8(values[row]);
    }

    @Override
    void read(int row, ByteReader in) {
        String value = in.utf8(Text.BYTES_MAX);
        // Broken UTF-8 is read as replacement characters, three bytes each: the text may have outgrown the limit.
        if (Text.utf8Bytes(value) > Text.BYTES_MAX) {
            throw in.malformed("the text of " + field.name() + " is not UTF-8");
        }
        values[row] = value;
    }
}
