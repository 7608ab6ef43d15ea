package dev.terrane.ghosts;

import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.ByteWriter;
import dev.terrane.ecs.Field;
import dev.terrane.ecs.FloatColumn;
import dev.terrane.ecs.IntColumn;
import dev.terrane.ecs.LongColumn;
import dev.terrane.ecs.Table;
import java.util.List;

/** A table of entities as others see them, or of ghosts: the columns that travel, in their order. Bound once per table. */
final class GhostTable {
    private static final int NO_FIELD = -1;

    final Table table;
    /** The components that travel. */
    final long travelling;

    final GhostColumn[] columns;
    final LongColumn ids;
    final IntColumn ownerships;
    final LongColumn arrivedTicks;
    final FloatColumn xs;
    final FloatColumn ys;
    private int xField = NO_FIELD;
    private int yField = NO_FIELD;

    GhostTable(GhostShape shape, Table table) {
        this.table = table;
        this.travelling = shape.travelling(table.componentMask());
        List<Field> fields = shape.fields(travelling);
        this.columns = new GhostColumn[fields.size()];
        for (int i = 0; i < columns.length; i++) {
            Field field = fields.get(i);
            columns[i] = new GhostColumn(table, field);
            if (field.equals(shape.x)) {
                xField = i;
            } else if (field.equals(shape.y)) {
                yField = i;
            }
        }
        this.ids = table.longs(shape.id);
        this.ownerships = table.ints(shape.ownership);
        this.arrivedTicks = table.longs(shape.arrivedTick);
        this.xs = table.floats(shape.x);
        this.ys = table.floats(shape.y);
    }

    /** All fields. */
    long allFields() {
        return columns.length == Long.SIZE ? -1L : (1L << columns.length) - 1;
    }

    void write(int row, long fields, ByteWriter out) {
        for (long rest = fields; rest != 0; rest &= rest - 1) {
            columns[Long.numberOfTrailingZeros(rest)].write(row, out);
        }
    }

    /** @param shiftX from the sender's origin to this cell's */
    void read(int row, long fields, double shiftX, double shiftY, ByteReader in) {
        for (long rest = fields; rest != 0; rest &= rest - 1) {
            int field = Long.numberOfTrailingZeros(rest);
            columns[field].read(row, field == xField ? shiftX : field == yField ? shiftY : 0, in);
        }
    }

    void skip(long fields, ByteReader in) {
        for (long rest = fields; rest != 0; rest &= rest - 1) {
            columns[Long.numberOfTrailingZeros(rest)].skip(in);
        }
    }

    /** Takes over the values of a table with the same components that travel. */
    void copy(GhostTable source, int sourceRow, int row) {
        for (int i = 0; i < columns.length; i++) {
            columns[i].copy(source.columns[i], sourceRow, row);
        }
    }
}
