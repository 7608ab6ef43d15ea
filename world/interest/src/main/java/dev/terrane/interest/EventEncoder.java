package dev.terrane.interest;

import dev.terrane.bytes.ByteWriter;
import dev.terrane.ecs.ComponentType;
import dev.terrane.ecs.EntityStore;
import dev.terrane.ecs.Field;
import dev.terrane.ecs.Schema;
import dev.terrane.ecs.Table;
import dev.terrane.protocol.client.FieldCode;
import dev.terrane.protocol.client.SliceWriter;
import org.jspecify.annotations.Nullable;

/**
 * Events as bytes. Each kind of event owns one entity of a little store of its own: writing the record there and reading its columns flattens it with
 * the accessors that the store generated, without reflection.
 */
final class EventEncoder {
    private final EntityStore store;
    private final @Nullable Kind[] kinds;

    private record Kind(long entity, FieldReader[] fields) {}

    EventEncoder(Schema events) {
        this.store = new EntityStore(events);
        this.kinds = new Kind[events.components().size()];
    }

    /** @throws IllegalArgumentException if the record was not declared as an event, or has a text over its limit */
    void write(Record event, ByteWriter out) {
        ComponentType<?> type = store.schema().type(event.getClass());
        Kind kind = kinds[type.id()];
        if (kind == null) {
            kind = first(type, event);
            kinds[type.id()] = kind;
        } else {
            set(kind.entity, type, event);
        }
        SliceWriter.event(out, type.id());
        for (FieldReader field : kind.fields) {
            if (field.code == FieldCode.TEXT) {
                SliceWriter.text(out, field.text(0));
            } else {
                SliceWriter.absolute(out, field.code, field.bits(0));
            }
        }
    }

    private Kind first(ComponentType<?> type, Record event) {
        long entity = store.spawn(event);
        store.flush();
        Table table = store.tableOf(entity);
        FieldReader[] fields = new FieldReader[type.fields().size()];
        for (Field field : type.fields()) {
            fields[field.index()] = new FieldReader(table, field);
        }
        return new Kind(entity, fields);
    }

    private <C extends Record> void set(long entity, ComponentType<C> type, Record event) {
        store.set(entity, type, type.recordClass().cast(event));
    }
}
