package dev.terrane.ecs;

import dev.terrane.base.StateHash;
import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.ByteWriter;
import java.util.Objects;

/**
 * One field of all rows of a table, with the marks of what changed in it.
 *
 * <p>{@code put} in the subclasses stores without marking: for rows that arrive as a whole.
 */
abstract sealed class Column permits FloatColumn, IntColumn, LongColumn, BooleanColumn, TextColumn {
    final RowMarks changed = new RowMarks();
    private final Table table;

    Column(Table table) {
        this.table = table;
    }

    static Column of(Field field, Table table) {
        return switch (field.kind()) {
            case FLOAT -> new FloatColumn(table);
            case INT -> new IntColumn(table);
            case LONG -> new LongColumn(table);
            case BOOLEAN -> new BooleanColumn(table);
            case TEXT -> new TextColumn(table, field);
        };
    }

    /** Rows behind the table's size hold leftovers of the dead; whoever reads them is no longer deterministic. */
    final int checked(int row) {
        return Objects.checkIndex(row, table.size());
    }

    final void markAll() {
        changed.markFirst(table.size());
    }

    final void grow(int rowCapacity) {
        growValues(rowCapacity);
        changed.grow(rowCapacity);
    }

    /** The last row takes the place of a removed one. */
    final void swapRemove(int row, int lastRow) {
        if (row == lastRow) {
            changed.unmark(row);
        } else {
            copyFrom(this, lastRow, row);
            changed.move(lastRow, row);
        }
        release(lastRow);
    }

    abstract void growValues(int rowCapacity);

    /** Takes over a value of a column of the same kind, without marking. */
    abstract void copyFrom(Column source, int sourceRow, int row);

    /** Takes over the first rows of a column of the same kind, without marking. Where there is no room for them, there is as much as in the source then. */
    abstract void copyRows(Column source, int rowCount);

    /** Lets go of what the row refers to. */
    void release(int row) {}

    abstract void hash(int row, StateHash hash);

    abstract void write(int row, ByteWriter out);

    abstract void read(int row, ByteReader in);
}
