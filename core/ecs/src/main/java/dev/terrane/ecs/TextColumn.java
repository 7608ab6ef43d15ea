package dev.terrane.ecs;

import dev.terrane.base.StateHash;
import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.ByteWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The column of a {@code String} field: one value per row of its table.
 *
 * <p>{@link #set} marks the row when the value differs; it throws IllegalArgumentException for a text longer than 255 bytes of UTF-8
 * or with half a surrogate pair, which could not be stored and read back. A system that writes (nearly) every row takes
 * {@link #write} instead: it marks all rows at once and gives the bare array, valid up to the table's size and until the next flush.
 */
public final class TextColumn extends Column {
    private static final int BLOCK_SHIFT = 6;
    private static final int BLOCK_ROWS = 1 << BLOCK_SHIFT;

    private final Field field;
    private String[] values = {};
    /** Of each {@value #BLOCK_ROWS} rows: how many copies had been taken when one of them was written last. */
    private long[] writtenAt = {};

    private long copiesTaken;
    /** In a copy: of whom, and which of his copies it is. */
    private @Nullable TextColumn copied;

    private long copiedAs;

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
            store(row, value);
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
        Arrays.fill(writtenAt, copiesTaken);
        return values;
    }

    void put(int row, String value) {
        store(row, value);
    }

    private void store(int row, String value) {
        values[row] = value;
        writtenAt[row >>> BLOCK_SHIFT] = copiesTaken;
    }

    @Override
    void growValues(int rowCapacity) {
        int from = values.length;
        values = Arrays.copyOf(values, rowCapacity);
        Arrays.fill(values, from, rowCapacity, "");
        writtenAt = Arrays.copyOf(writtenAt, (rowCapacity + BLOCK_ROWS - 1) >>> BLOCK_SHIFT);
        Arrays.fill(writtenAt, from >>> BLOCK_SHIFT, writtenAt.length, copiesTaken);
    }

    @Override
    void copyFrom(Column source, int sourceRow, int row) {
        store(row, ((TextColumn) source).values[sourceRow]);
    }

    @Override
    void release(int row) {
        store(row, "");
    }

    /**
     * Of a column that was copied before, takes only what was written since: while the garbage collector works, each reference that is copied costs many times
     * as much as a number. Rows of nobody are copied, too: whoever gets such a row may find that it holds the right text already, and not write it.
     */
    @Override
    void copyRows(Column source, int rowCount) {
        TextColumn from = (TextColumn) source;
        if (values.length < rowCount) {
            values = from.values.clone();
        } else {
            long since = copied == from ? copiedAs : -1;
            int end = Math.min(values.length, from.values.length);
            for (int row = 0; row < end; row += BLOCK_ROWS) {
                if (from.writtenAt[row >>> BLOCK_SHIFT] > since) {
                    System.arraycopy(from.values, row, values, row, Math.min(BLOCK_ROWS, end - row));
                }
            }
        }
        copied = from;
        copiedAs = from.copiesTaken++;
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
        store(row, value);
    }
}
