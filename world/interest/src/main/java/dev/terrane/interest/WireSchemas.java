package dev.terrane.interest;

import dev.terrane.ecs.Audience;
import dev.terrane.ecs.ComponentType;
import dev.terrane.ecs.Field;
import dev.terrane.ecs.FieldKind;
import dev.terrane.ecs.Schema;
import dev.terrane.protocol.client.WireSchema;
import dev.terrane.protocol.client.WireSchema.WireField;
import dev.terrane.protocol.client.WireSchema.WireKind;
import dev.terrane.protocol.client.WireSchema.WireRecord;
import java.util.ArrayList;
import java.util.List;

/** The schema that clients are told, from the one that the server uses. */
public final class WireSchemas {
    private WireSchemas() {}

    /** Of components the replicated fields only, of events all fields: whoever emits an event wants it told. Both keep their numbers. */
    public static WireSchema of(Schema components, Schema events) {
        List<WireRecord> wireComponents = new ArrayList<>();
        for (ComponentType<?> type : components.components()) {
            wireComponents.add(record(type, replicated(type)));
        }
        List<WireRecord> wireEvents = new ArrayList<>();
        for (ComponentType<?> type : events.components()) {
            wireEvents.add(record(type, type.fields()));
        }
        return new WireSchema(List.copyOf(wireComponents), List.copyOf(wireEvents));
    }

    static List<Field> replicated(ComponentType<?> type) {
        return type.fields().stream().filter(field -> field.audience() != null).toList();
    }

    private static WireRecord record(ComponentType<?> type, List<Field> fields) {
        return new WireRecord(
                type.name(),
                type.version(),
                fields.stream().map(WireSchemas::field).toList());
    }

    private static WireField field(Field field) {
        return new WireField(field.name(), kind(field.kind()), field.audience() == Audience.OWNER, field.step());
    }

    private static WireKind kind(FieldKind kind) {
        return switch (kind) {
            case FLOAT -> WireKind.FLOAT;
            case INT -> WireKind.INT;
            case LONG -> WireKind.LONG;
            case BOOLEAN -> WireKind.BOOLEAN;
            case TEXT -> WireKind.TEXT;
        };
    }
}
