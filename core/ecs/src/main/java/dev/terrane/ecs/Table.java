package dev.terrane.ecs;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * All entities that have exactly the same set of components: a column per field, a row per entity. Rows are dense, 0 until
 * {@link #size}; they move only in {@link EntityStore#flush}.
 *
 * <p>Change marks are kept per field and row, in words of 64 rows, and cleared together by {@link EntityStore#clearChanges}.
 */
public final class Table {
    private static final int CAPACITY_FIRST = 16;

    private final Schema schema;
    private final long componentMask;
    private final int index;
    /** By {@link Field#ordinal}; null where the table does not have the component. */
    private final @Nullable Column[] columns;
    /** The same without the gaps. */
    private final Column[] ownColumns;

    private final RowMarks arrived = new RowMarks();
    private long[] entities = {};
    private int size;

    Table(Schema schema, long componentMask, int index) {
        this.schema = schema;
        this.componentMask = componentMask;
        this.index = index;
        this.columns = new @Nullable Column[schema.fields().size()];
        Column[] own = new Column[columns.length];
        int count = 0;
        for (Field field : schema.fields()) {
            if ((componentMask & 1L << field.componentId()) != 0) {
                Column column = Column.of(field, this);
                columns[field.ordinal()] = column;
                own[count++] = column;
            }
        }
        this.ownColumns = Arrays.copyOf(own, count);
    }

    public int size() {
        return size;
    }

    public long entity(int row) {
        return entities[Objects.checkIndex(row, size)];
    }

    public boolean has(ComponentType<?> type) {
        return (componentMask & 1L << type.id()) != 0;
    }

    /** Bit {@code id} is set for each component. */
    public long componentMask() {
        return componentMask;
    }

    /** @throws IllegalArgumentException if the field is of another kind or the table does not have it */
    public FloatColumn floats(Field field) {
        return column(field) instanceof FloatColumn column ? column : mismatch(field);
    }

    public IntColumn ints(Field field) {
        return column(field) instanceof IntColumn column ? column : mismatch(field);
    }

    public LongColumn longs(Field field) {
        return column(field) instanceof LongColumn column ? column : mismatch(field);
    }

    public BooleanColumn booleans(Field field) {
        return column(field) instanceof BooleanColumn column ? column : mismatch(field);
    }

    public TextColumn texts(Field field) {
        return column(field) instanceof TextColumn column ? column : mismatch(field);
    }

    /** Rows that came into this table since marks were cleared: spawned, read, or with another set of components. */
    public RowMarks arrived() {
        return arrived;
    }

    /** Rows in which this field changed since marks were cleared. Arrived rows may or may not be marked. */
    public RowMarks changed(Field field) {
        return column(field).changed;
    }

    private Column column(Field field) {
        schema.requireOwn(field);
        Column column = columns[field.ordinal()];
        if (column == null) {
            throw new IllegalArgumentException("this table has no field " + schema.describe(field)
                    + ", its components are " + schema.describe(componentMask));
        }
        return column;
    }

    private <T> T mismatch(Field field) {
        throw new IllegalArgumentException("field " + schema.describe(field) + " is of kind " + field.kind());
    }

    int index() {
        return index;
    }

    /** By {@link Field#ordinal}, for codecs, which know that their component is here. */
    @SuppressWarnings("NullAway") // a codec touches the columns of its own component only, and those are there
    Column[] columnsByOrdinal() {
        return columns;
    }

    Column[] ownColumns() {
        return ownColumns;
    }

    /** Adds a row whose values the caller stores next. */
    int add(long entity) {
        if (size == entities.length) {
            reserve(Math.max(CAPACITY_FIRST, size * 2));
        }
        int row = size++;
        entities[row] = entity;
        arrived.mark(row);
        return row;
    }

    void reserve(int rowCapacity) {
        if (rowCapacity > entities.length) {
            entities = Arrays.copyOf(entities, rowCapacity);
            arrived.grow(rowCapacity);
            for (Column column : ownColumns) {
                column.grow(rowCapacity);
            }
        }
    }

    /** Stores the values that both tables have columns for. */
    void copyRow(Table source, int sourceRow, int row) {
        for (int ordinal = 0; ordinal < columns.length; ordinal++) {
            Column from = source.columns[ordinal];
            Column to = columns[ordinal];
            if (from != null && to != null) {
                to.copyFrom(from, sourceRow, row);
            }
        }
    }

    /** Becomes like a table with the same components, without room for marks: for reading only. What was here is forgotten. */
    void copyAll(Table source) {
        size = source.size;
        if (entities.length < size) {
            entities = source.entities.clone();
        } else {
            System.arraycopy(source.entities, 0, entities, 0, size);
        }
        for (int i = 0; i < ownColumns.length; i++) {
            ownColumns[i].copyRows(source.ownColumns[i], size);
        }
    }

    /** Removes a row; the last one takes its place. Returns the entity that moved, or 0. */
    long swapRemove(int row) {
        int last = --size;
        for (Column column : ownColumns) {
            column.swapRemove(row, last);
        }
        if (row == last) {
            arrived.unmark(row);
            return 0;
        }
        arrived.move(last, row);
        entities[row] = entities[last];
        return entities[row];
    }

    void allArrived() {
        arrived.markFirst(size);
    }

    void clearChanges() {
        arrived.clear();
        for (Column column : ownColumns) {
            column.changed.clear();
        }
    }
}
