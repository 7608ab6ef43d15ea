package dev.terrane.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.LongStream;

/** What an entity store does, written with maps of records and by reflection. */
final class NaiveStore {
    /** By {@link Field#ordinal}. */
    private static final List<Method> ACCESSORS = accessors();

    private final Map<Long, Map<ComponentType<?>, Record>> entities = new LinkedHashMap<>();
    private final Map<Long, Set<Field>> changed = new HashMap<>();
    private final Set<Long> arrived = new HashSet<>();
    private final List<Long> removed = new ArrayList<>();
    private int deaths;

    void spawn(long entity, List<Record> components) {
        Map<ComponentType<?>, Record> values = new HashMap<>();
        components.forEach(component -> values.put(Sample.SCHEMA.typeOf(component), component));
        entities.put(entity, values);
        arrived.add(entity);
    }

    void despawn(long entity) {
        if (entities.remove(entity) != null) {
            deaths++;
            removed.add(entity);
            arrived.remove(entity);
            changed.remove(entity);
        }
    }

    void attach(long entity, Record component) {
        ComponentType<?> type = Sample.SCHEMA.typeOf(component);
        if (has(entity, type)) {
            set(entity, component);
        } else if (entities.containsKey(entity)) {
            values(entity).put(type, component);
            arrived.add(entity);
        }
    }

    void detach(long entity, ComponentType<?> type) {
        if (has(entity, type)) {
            values(entity).remove(type);
            arrived.add(entity);
        }
    }

    void set(long entity, Record component) {
        ComponentType<?> type = Sample.SCHEMA.typeOf(component);
        Record old = Objects.requireNonNull(values(entity).put(type, component));
        for (Field field : type.fields()) {
            if (!value(old, field).equals(value(component, field))) {
                mark(entity, field);
            }
        }
    }

    void mark(long entity, Field field) {
        changed.computeIfAbsent(entity, key -> new HashSet<>()).add(field);
    }

    void clearChanges() {
        changed.clear();
        arrived.clear();
        removed.clear();
    }

    boolean has(long entity, ComponentType<?> type) {
        return entities.containsKey(entity) && values(entity).containsKey(type);
    }

    Record get(long entity, ComponentType<?> type) {
        return Objects.requireNonNull(values(entity).get(type));
    }

    private Map<ComponentType<?>, Record> values(long entity) {
        return Objects.requireNonNull(entities.get(entity));
    }

    List<Long> alive() {
        return new ArrayList<>(entities.keySet());
    }

    int deaths() {
        return deaths;
    }

    NaiveStore copy() {
        NaiveStore copy = new NaiveStore();
        entities.forEach((entity, values) -> copy.entities.put(entity, new HashMap<>(values)));
        return copy;
    }

    void assertSame(EntityStore store) {
        assertThat(store.size()).isEqualTo(entities.size());
        assertThat(LongStream.of(store.removed()).limit(store.removedCount()).boxed())
                .isEqualTo(removed);
        int rows = 0;
        for (int i = 0; i < store.tableCount(); i++) {
            Table table = store.table(i);
            rows += table.size();
            for (int row = 0; row < table.size(); row++) {
                assertSameEntity(store, table, row);
            }
        }
        assertThat(rows).isEqualTo(entities.size());
    }

    /** Plain comparisons: this runs some million times. */
    private void assertSameEntity(EntityStore store, Table table, int row) {
        long entity = table.entity(row);
        Map<ComponentType<?>, Record> values = entities.getOrDefault(entity, Map.of());
        boolean isNew = arrived.contains(entity);
        Set<Field> marks = changed.getOrDefault(entity, Set.of());
        require(entities.containsKey(entity), entity, "should be dead");
        require(store.tableOf(entity) == table && store.rowOf(entity) == row, entity, "is looked up elsewhere");
        require(table.arrived().get(row) == isNew, entity, "has a wrong mark of arrival");
        for (ComponentType<?> type : Sample.SCHEMA.components()) {
            Record expected = values.get(type);
            require(store.has(entity, type) == (expected != null), entity, "has or lacks " + type.name());
            if (expected != null) {
                require(store.get(entity, type).equals(expected), entity, "has other values than " + expected);
                for (Field field : type.fields()) {
                    boolean marked = table.changed(field).get(row);
                    require(isNew || marked == marks.contains(field), entity, "has a wrong mark of " + field);
                }
            }
        }
    }

    private static void require(boolean fact, long entity, String problem) {
        if (!fact) {
            throw new AssertionError("entity " + Long.toHexString(entity) + " " + problem);
        }
    }

    private static Object value(Record record, Field field) {
        try {
            return ACCESSORS.get(field.ordinal()).invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    private static List<Method> accessors() {
        List<Method> accessors = new ArrayList<>();
        for (ComponentType<?> type : Sample.SCHEMA.components()) {
            for (RecordComponent member : type.recordClass().getRecordComponents()) {
                member.getAccessor().setAccessible(true);
                accessors.add(member.getAccessor());
            }
        }
        return accessors;
    }
}
