package dev.terrane.ecs;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Turns record classes into component types, and says which of them cannot be one and why. The only place that reflects. */
final class ComponentReader {
    /** A set of components is a {@code long}. */
    static final int COMPONENTS_MAX = 64;
    /** A set of a component's fields is a {@code long} too. */
    static final int FIELDS_MAX = 64;

    private static final Pattern NAME = Pattern.compile("[a-z0-9.-]{1,64}");

    private final Map<String, Class<?>> names = new HashMap<>();
    private final List<ComponentType<?>> types = new ArrayList<>();
    private int ordinal;

    private ComponentReader() {}

    static List<ComponentType<?>> read(List<Class<? extends Record>> records) {
        if (records.size() > COMPONENTS_MAX) {
            throw new IllegalArgumentException(
                    records.size() + " components are declared, " + COMPONENTS_MAX + " are allowed");
        }
        ComponentReader reader = new ComponentReader();
        for (Class<? extends Record> record : records) {
            reader.types.add(reader.type(record));
        }
        for (Class<? extends Record> record : records) {
            GivenTo given = record.getAnnotation(GivenTo.class);
            if (given != null && !records.contains(given.value())) {
                throw refused(
                        record, "is given to " + given.value().getName() + ", which is not a component of this world");
            }
        }
        return reader.types;
    }

    private <C extends Record> ComponentType<C> type(Class<C> record) {
        Component component = record.getAnnotation(Component.class);
        RecordComponent @Nullable [] members = record.getRecordComponents();
        if (component == null || members == null) {
            throw refused(record, "is not a record with @Component");
        }
        String name = component.value();
        if (!NAME.matcher(name).matches()) {
            throw refused(record, "has the name '" + name + "'; 1 to 64 of a-z, 0-9, '.' and '-' are allowed");
        }
        Class<?> other = names.put(name, record);
        if (other != null) {
            throw refused(record, "has the name '" + name + "', as " + other.getName() + " has");
        }
        if (component.version() < 1) {
            throw refused(record, "has version " + component.version() + "; the first is 1");
        }
        if (members.length > FIELDS_MAX) {
            throw refused(record, "has " + members.length + " fields, " + FIELDS_MAX + " are allowed");
        }
        int id = types.size();
        List<Field> fields = new ArrayList<>();
        for (RecordComponent member : members) {
            fields.add(field(record, member, id, fields.size()));
        }
        if (fields.stream()
                        .map(Field::audience)
                        .filter(ComponentReader::toOthers)
                        .distinct()
                        .count()
                > 1) {
            throw refused(record, "has fields for several audiences besides OWNER; give each a component of its own");
        }
        if (component.readsFrom() < 0 || component.readsFrom() > component.version()) {
            throw refused(
                    record, "reads from version " + component.readsFrom() + ", but has version " + component.version());
        }
        ComponentType<C> type = new ComponentType<>(id, name, component.version(), record, List.copyOf(fields));
        DeclaredPast.of(type); // a mistake in it is found now, not when an old state comes
        return type;
    }

    private Field field(Class<?> record, RecordComponent member, int componentId, int index) {
        String name = member.getName();
        FieldKind kind = kind(member.getType());
        if (kind == null) {
            throw refused(
                    record,
                    "has the field '" + name + "' of type " + member.getType().getTypeName()
                            + "; float, int, long, boolean and String are allowed");
        }
        Replicated replicated = member.getAnnotation(Replicated.class);
        if (replicated == null) {
            return new Field(componentId, index, ordinal++, name, kind, null, 0);
        }
        float step = replicated.step();
        if (!(step >= 0) || Float.isInfinite(step)) {
            throw refused(record, "has the field '" + name + "' with step " + step + "; it must be 0 or a size");
        }
        return new Field(
                componentId, index, ordinal++, name, kind, replicated.to(), kind == FieldKind.FLOAT ? step : 0);
    }

    private static boolean toOthers(@Nullable Audience audience) {
        return audience != null && audience != Audience.OWNER;
    }

    private static @Nullable FieldKind kind(Class<?> type) {
        if (type == float.class) {
            return FieldKind.FLOAT;
        }
        if (type == int.class) {
            return FieldKind.INT;
        }
        if (type == long.class) {
            return FieldKind.LONG;
        }
        if (type == boolean.class) {
            return FieldKind.BOOLEAN;
        }
        return type == String.class ? FieldKind.TEXT : null;
    }

    private static IllegalArgumentException refused(Class<?> record, String why) {
        return new IllegalArgumentException("component " + record.getName() + " " + why);
    }
}
