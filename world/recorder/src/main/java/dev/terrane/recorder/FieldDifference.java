package dev.terrane.recorder;

import dev.terrane.base.EntityId;
import dev.terrane.ecs.ComponentType;
import dev.terrane.ecs.EntityStore;
import dev.terrane.ecs.Field;
import dev.terrane.ecs.Schema;
import dev.terrane.ecs.Table;
import dev.terrane.plugin.kit.Identity;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What differs of one entity.
 *
 * @param field {@code component.field}; the component alone when only one of the two has it, {@code entity} when only one of them lives
 */
public record FieldDifference(EntityId entity, String field, String recorded, String replayed) {

    /** All differences, by rising entity id and in the order of the schema. */
    static List<FieldDifference> between(EntityStore recorded, EntityStore replayed) {
        List<FieldDifference> found = new ArrayList<>();
        SortedMap<Long, Long> before = byId(recorded);
        SortedMap<Long, Long> after = byId(replayed);
        TreeSet<Long> ids = new TreeSet<>(Long::compareUnsigned);
        ids.addAll(before.keySet());
        ids.addAll(after.keySet());
        for (long id : ids) {
            Long one = before.get(id);
            Long other = after.get(id);
            if (one == null || other == null) {
                found.add(new FieldDifference(
                        new EntityId(id),
                        "entity",
                        one == null ? "missing" : "alive",
                        other == null ? "missing" : "alive"));
            } else {
                compare(new EntityId(id), recorded, one, replayed, other, found);
            }
        }
        return found;
    }

    private static SortedMap<Long, Long> byId(EntityStore store) {
        SortedMap<Long, Long> handles = new TreeMap<>(Long::compareUnsigned);
        ComponentType<Identity> identity = store.schema().type(Identity.class);
        Field id = identity.field("id");
        for (Table table : store.query(identity)) {
            for (int row = 0; row < table.size(); row++) {
                handles.put(table.longs(id).get(row), table.entity(row));
            }
        }
        return handles;
    }

    private static void compare(
            EntityId id,
            EntityStore recorded,
            long one,
            EntityStore replayed,
            long other,
            List<FieldDifference> found) {
        Table before = recorded.tableOf(one);
        Table after = replayed.tableOf(other);
        Schema schema = recorded.schema();
        for (ComponentType<?> type : schema.components()) {
            if (before.has(type) != after.has(type)) {
                found.add(new FieldDifference(
                        id,
                        type.name(),
                        before.has(type) ? "there" : "missing",
                        after.has(type) ? "there" : "missing"));
                continue;
            }
            for (Field field : before.has(type) ? type.fields() : List.<Field>of()) {
                String was = value(before, recorded.rowOf(one), field);
                String is = value(after, replayed.rowOf(other), field);
                if (!was.equals(is)) {
                    found.add(new FieldDifference(id, type.name() + "." + field.name(), was, is));
                }
            }
        }
    }

    private static String value(Table table, int row, Field field) {
        return switch (field.kind()) {
            case FLOAT -> {
                float value = table.floats(field).get(row);
                yield Float.isNaN(value) ? "NaN " + Integer.toHexString(Float.floatToRawIntBits(value)) : "" + value;
            }
            case INT -> "" + table.ints(field).get(row);
            case LONG -> "" + table.longs(field).get(row);
            case BOOLEAN -> "" + table.booleans(field).get(row);
            case TEXT -> "'" + table.texts(field).get(row) + "'";
        };
    }

    @Override
    public String toString() {
        return "entity %s %s: recorded %s, replayed %s".formatted(entity, field, recorded, replayed);
    }
}
