package dev.terrane.interest;

import dev.terrane.ecs.BooleanColumn;
import dev.terrane.ecs.Field;
import dev.terrane.ecs.FloatColumn;
import dev.terrane.ecs.IntColumn;
import dev.terrane.ecs.LongColumn;
import dev.terrane.ecs.RowMarks;
import dev.terrane.ecs.Table;
import dev.terrane.ecs.TextColumn;
import dev.terrane.protocol.client.FieldCode;
import dev.terrane.protocol.client.Quantiser;

/** One column of one table, read as bits of the wire; see {@link FieldCode}. */
final class FieldReader {
    final FieldCode code;
    final RowMarks changed;
    private final float step;
    /** Of the class that {@link #code} says. */
    private final Object column;

    FieldReader(Table table, Field field) {
        this.step = field.step();
        this.changed = table.changed(field);
        switch (field.kind()) {
            case FLOAT -> {
                code = step > 0 ? FieldCode.QUANTISED : FieldCode.FLOAT;
                column = table.floats(field);
            }
            case INT -> {
                code = FieldCode.INT;
                column = table.ints(field);
            }
            case LONG -> {
                code = FieldCode.LONG;
                column = table.longs(field);
            }
            case BOOLEAN -> {
                code = FieldCode.BOOLEAN;
                column = table.booleans(field);
            }
            case TEXT -> {
                code = FieldCode.TEXT;
                column = table.texts(field);
            }
            default -> throw new IllegalArgumentException("field " + field.name() + " is of kind " + field.kind());
        }
    }

    /** As sent in slices. */
    long bits(int row) {
        return code == FieldCode.QUANTISED
                ? Quantiser.quantise(((FloatColumn) column).read()[row], step)
                : exactBits(row);
    }

    /** As sent to the driver. */
    long exactBits(int row) {
        return switch (code) {
            case QUANTISED, FLOAT -> Float.floatToRawIntBits(((FloatColumn) column).read()[row]);
            case INT -> ((IntColumn) column).read()[row];
            case LONG -> ((LongColumn) column).read()[row];
            case BOOLEAN -> ((BooleanColumn) column).read()[row] ? 1 : 0;
            case TEXT -> throw new IllegalArgumentException("a text has no bits");
        };
    }

    String text(int row) {
        return ((TextColumn) column).read()[row];
    }
}
