package dev.terrane.interest;

import dev.terrane.ecs.Audience;
import dev.terrane.ecs.ComponentType;
import dev.terrane.ecs.Field;
import dev.terrane.ecs.FloatColumn;
import dev.terrane.ecs.IntColumn;
import dev.terrane.ecs.LongColumn;
import dev.terrane.ecs.RowMarks;
import dev.terrane.ecs.Schema;
import dev.terrane.ecs.Table;
import dev.terrane.plugin.kit.Identity;
import dev.terrane.plugin.kit.Position;
import dev.terrane.protocol.client.SliceWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A table as clients may see it. Bound once per table. */
final class TableView {
    final Table table;
    /** Components with public fields. */
    final long publicMask;
    /** Index = entity field index of docs/PROTOCOL.md. */
    final FieldReader[] fields;
    /** Components with replicated fields of either audience, and those fields. */
    final long selfMask;

    final FieldReader[] selfFields;

    private final @Nullable Seat seat;

    /** Columns that say who and where an entity is. */
    record Seat(
            FloatColumn x, FloatColumn y, RowMarks changedX, RowMarks changedY, LongColumn id, IntColumn ownership) {}

    TableView(Schema schema, Table table) {
        this.table = table;
        List<FieldReader> open = new ArrayList<>();
        List<FieldReader> own = new ArrayList<>();
        long openMask = 0;
        long ownMask = 0;
        for (ComponentType<?> type : schema.components()) {
            if (!table.has(type)) {
                continue;
            }
            for (Field field : WireSchemas.replicated(type)) {
                FieldReader reader = new FieldReader(table, field);
                own.add(reader);
                ownMask |= 1L << type.id();
                if (field.audience() == Audience.ALL) {
                    open.add(reader);
                    openMask |= 1L << type.id();
                }
            }
        }
        if (open.size() > SliceWriter.ENTITY_FIELD_COUNT_MAX) {
            throw new IllegalArgumentException("an entity has " + open.size() + " public fields, at most "
                    + SliceWriter.ENTITY_FIELD_COUNT_MAX + " fit into a slice; replicate fewer of them");
        }
        this.publicMask = openMask;
        this.fields = open.toArray(FieldReader[]::new);
        this.selfMask = ownMask;
        this.selfFields = own.toArray(FieldReader[]::new);
        this.seat = seat(schema, table);
    }

    private static @Nullable Seat seat(Schema schema, Table table) {
        if (!table.has(schema.type(Position.class)) || !table.has(schema.type(Identity.class))) {
            return null;
        }
        Field x = schema.field(Position.class, "x");
        Field y = schema.field(Position.class, "y");
        return new Seat(
                table.floats(x),
                table.floats(y),
                table.changed(x),
                table.changed(y),
                table.longs(schema.field(Identity.class, "id")),
                table.ints(schema.field(Identity.class, "ownership")));
    }

    /** Whether anybody can see these entities: they are somebody and somewhere. */
    boolean visible() {
        return seat != null;
    }

    /** Of a visible table. */
    Seat seat() {
        if (seat == null) {
            throw new IllegalStateException("entities without Position and Identity have no place");
        }
        return seat;
    }
}
