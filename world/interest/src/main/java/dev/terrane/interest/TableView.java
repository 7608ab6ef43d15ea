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

/** A table as clients may see one {@link Face} of it. Bound once per table. */
final class TableView {
    /** Stands for an audience that is nobody. */
    static final long NOBODY = -1;

    final Table table;
    /** Components of this face. */
    final long mask;
    /** Index = entity field index of docs/PROTOCOL.md. */
    final FieldReader[] fields;
    /** Components with replicated fields of whatever audience, and those fields. */
    final long selfMask;

    final FieldReader[] selfFields;

    private final @Nullable Seat seat;
    private final Beholders beholders;

    /** Columns that say who and where an entity is. */
    record Seat(
            FloatColumn x, FloatColumn y, RowMarks changedX, RowMarks changedY, LongColumn id, IntColumn ownership) {}

    /** @param audience of the fields that are shown: ALL for the body of entities */
    TableView(Schema schema, Table table, Audience audience) {
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
                if (field.audience() == audience) {
                    open.add(reader);
                    openMask |= 1L << type.id();
                }
            }
        }
        if (open.size() > SliceWriter.ENTITY_FIELD_COUNT_MAX) {
            throw new IllegalArgumentException("an entity has " + open.size() + " fields for " + audience + ", at most "
                    + SliceWriter.ENTITY_FIELD_COUNT_MAX + " fit into a slice; replicate fewer of them");
        }
        this.mask = openMask;
        this.fields = open.toArray(FieldReader[]::new);
        this.selfMask = ownMask;
        this.selfFields = own.toArray(FieldReader[]::new);
        this.beholders = Beholders.of(schema, table, audience);
        this.seat = audience == Audience.ALL || openMask != 0 ? seat(schema, table) : null;
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

    /** Whether anybody can see these entities: they are somebody and somewhere, and have something to show. */
    boolean visible() {
        return seat != null;
    }

    /** Of a visible table: who may see this entity, {@link #NOBODY} included. */
    long audience(int row) {
        return beholders.of(row, seat());
    }

    /** Rows of this word in which that may have changed. */
    long audienceMarks(int word) {
        return beholders.marks(word);
    }

    /** 0 for none. */
    int squad(int row) {
        return beholders.squad(row);
    }

    /** 0 for none. */
    int team(int row) {
        return beholders.team(row);
    }

    /** Of a visible table. */
    Seat seat() {
        if (seat == null) {
            throw new IllegalStateException("entities without Position and Identity have no place");
        }
        return seat;
    }
}
