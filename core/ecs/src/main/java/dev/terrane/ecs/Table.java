package dev.terrane.ecs;

/**
 * All entities that have exactly the same set of components: a column per field, a row per entity. Rows are dense, 0 until
 * {@link #size}; they move only in {@link EntityStore#flush}.
 *
 * <p>Change marks are kept per field and row, in words of 64 rows, and cleared together by {@link EntityStore#clearChanges}.
 */
public final class Table {
    Table() {}

    public int size() {
        throw new UnsupportedOperationException();
    }

    public long entity(int row) {
        throw new UnsupportedOperationException();
    }

    public boolean has(ComponentType<?> type) {
        throw new UnsupportedOperationException();
    }

    /** Bit {@code id} is set for each component. */
    public long componentMask() {
        throw new UnsupportedOperationException();
    }

    /** @throws IllegalArgumentException if the field is of another kind or the table does not have it */
    public FloatColumn floats(Field field) {
        throw new UnsupportedOperationException();
    }

    public IntColumn ints(Field field) {
        throw new UnsupportedOperationException();
    }

    public LongColumn longs(Field field) {
        throw new UnsupportedOperationException();
    }

    public BooleanColumn booleans(Field field) {
        throw new UnsupportedOperationException();
    }

    public TextColumn texts(Field field) {
        throw new UnsupportedOperationException();
    }

    /** Rows that came into this table since marks were cleared: spawned, read, or with another set of components. */
    public RowMarks arrived() {
        throw new UnsupportedOperationException();
    }

    /** Rows in which this field changed since marks were cleared. Arrived rows may or may not be marked. */
    public RowMarks changed(Field field) {
        throw new UnsupportedOperationException();
    }
}
