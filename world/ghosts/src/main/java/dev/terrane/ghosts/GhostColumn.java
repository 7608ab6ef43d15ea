package dev.terrane.ghosts;

import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.ByteWriter;
import dev.terrane.ecs.BooleanColumn;
import dev.terrane.ecs.Field;
import dev.terrane.ecs.FieldKind;
import dev.terrane.ecs.FloatColumn;
import dev.terrane.ecs.IntColumn;
import dev.terrane.ecs.LongColumn;
import dev.terrane.ecs.RowMarks;
import dev.terrane.ecs.Table;
import dev.terrane.ecs.TextColumn;

/** One column of one table, as it travels: exact values. */
final class GhostColumn {
    private static final int TEXT_BYTES_MAX = 255;

    final FieldKind kind;
    final RowMarks changed;
    /** Of the class that {@link #kind} says. */
    private final Object column;

    GhostColumn(Table table, Field field) {
        this.kind = field.kind();
        this.changed = table.changed(field);
        this.column = switch (kind) {
            case FLOAT -> table.floats(field);
            case INT -> table.ints(field);
            case LONG -> table.longs(field);
            case BOOLEAN -> table.booleans(field);
            case TEXT -> table.texts(field);
        };
    }

    /** What tells two values apart; of a text see {@link #text}. */
    long bits(int row) {
        return switch (kind) {
            case FLOAT -> Float.floatToRawIntBits(((FloatColumn) column).read()[row]);
            case INT -> ((IntColumn) column).read()[row];
            case LONG -> ((LongColumn) column).read()[row];
            case BOOLEAN -> ((BooleanColumn) column).read()[row] ? 1 : 0;
            case TEXT -> 0;
        };
    }

    String text(int row) {
        return ((TextColumn) column).read()[row];
    }

    void write(int row, ByteWriter out) {
        switch (kind) {
            case FLOAT -> out.f32(((FloatColumn) column).read()[row]);
            case INT -> out.varint(((IntColumn) column).read()[row]);
            case LONG -> out.varlong(((LongColumn) column).read()[row]);
            case BOOLEAN -> out.bool(((BooleanColumn) column).read()[row]);
            case TEXT -> out.utf8(((TextColumn) column).read()[row]);
        }
    }

    /** @param shift added to a float: from the sender's origin to this cell's */
    void read(int row, double shift, ByteReader in) {
        switch (kind) {
            case FLOAT -> {
                float value = in.f32();
                ((FloatColumn) column).set(row, shift == 0 ? value : (float) (value + shift));
            }
            case INT -> ((IntColumn) column).set(row, in.varint());
            case LONG -> ((LongColumn) column).set(row, in.varlong());
            case BOOLEAN -> ((BooleanColumn) column).set(row, in.bool());
            case TEXT -> ((TextColumn) column).set(row, in.utf8(TEXT_BYTES_MAX));
        }
    }

    /** Takes over the value of an entity of this very cell. */
    void copy(GhostColumn source, int sourceRow, int row) {
        switch (kind) {
            case FLOAT -> ((FloatColumn) column).set(row, ((FloatColumn) source.column).read()[sourceRow]);
            case INT -> ((IntColumn) column).set(row, ((IntColumn) source.column).read()[sourceRow]);
            case LONG -> ((LongColumn) column).set(row, ((LongColumn) source.column).read()[sourceRow]);
            case BOOLEAN -> ((BooleanColumn) column).set(row, ((BooleanColumn) source.column).read()[sourceRow]);
            case TEXT -> ((TextColumn) column).set(row, ((TextColumn) source.column).read()[sourceRow]);
        }
    }

    void skip(ByteReader in) {
        switch (kind) {
            case FLOAT -> in.skip(4);
            case INT -> in.varint();
            case LONG -> in.varlong();
            case BOOLEAN -> in.bool();
            case TEXT -> in.utf8(TEXT_BYTES_MAX);
        }
    }
}
