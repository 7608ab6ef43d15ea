package dev.terrane.ecs;

import dev.terrane.base.StateHash;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * All component types of a world, in the order in which they were declared: the order is part of the wire format and of
 * checkpoints. At most 64. Immutable; any thread may read it.
 */
public final class Schema {
    private final List<ComponentType<?>> components;
    private final List<Field> fields;
    private final Field[] fieldsByOrdinal;
    private final int[] firstOrdinals;
    private final RecordCodec[] codecs;
    private final Map<Class<?>, ComponentType<?>> byRecord = new HashMap<>();
    private final long fingerprint;

    private Schema(List<ComponentType<?>> components, boolean recordsKnown) {
        this.components = List.copyOf(components);
        this.firstOrdinals = new int[components.size()];
        this.codecs = new RecordCodec[components.size()];
        List<Field> all = new ArrayList<>();
        for (ComponentType<?> type : components) {
            firstOrdinals[type.id()] = all.size();
            if (recordsKnown) {
                codecs[type.id()] = RecordCodecCompiler.compile(type);
                byRecord.put(type.recordClass(), type);
            }
            all.addAll(type.fields());
        }
        this.fields = List.copyOf(all);
        this.fieldsByOrdinal = all.toArray(Field[]::new);
        this.fingerprint = fingerprint(components);
    }

    /** @throws IllegalArgumentException naming the record and field that cannot be a component */
    @SafeVarargs
    public static Schema of(Class<? extends Record>... components) {
        return of(List.of(components));
    }

    public static Schema of(List<Class<? extends Record>> components) {
        return new Schema(ComponentReader.read(components), true);
    }

    /**
     * A schema of which only the description is left: for states that were written under it, which can be read and migrated, but not worked with.
     *
     * @throws dev.terrane.bytes.MalformedBytesException if it is none
     */
    static Schema described(byte[] description) {
        return new Schema(SchemaDescription.read(description), false);
    }

    /** What {@link SchemaHistory} has to know of this schema, when it is a past one. */
    public byte[] describe() {
        return SchemaDescription.write(this);
    }

    public List<ComponentType<?>> components() {
        return components;
    }

    /** @throws IllegalArgumentException if the record was not declared */
    public <C extends Record> ComponentType<C> type(Class<C> component) {
        ComponentType<?> type = byRecord.get(component);
        if (type == null) {
            throw new IllegalArgumentException("record " + component.getName() + " is not a component of this world; "
                    + "declare it in WorldPlugin.components()");
        }
        @SuppressWarnings("unchecked") // byRecord maps each class to its own type
        ComponentType<C> own = (ComponentType<C>) type;
        return own;
    }

    /** Short for {@code type(component).field(name)}. */
    public Field field(Class<? extends Record> component, String name) {
        return type(component).field(name);
    }

    /** All fields of all components; {@link Field#ordinal} is the index. */
    public List<Field> fields() {
        return fields;
    }

    /**
     * A fingerprint of names, versions, kinds and order: schemas that agree in these, and only they, have equal ones. Audiences and steps take no
     * part, because stored values do not depend on them.
     */
    public long fingerprint() {
        return fingerprint;
    }

    ComponentType<?> typeOf(Record component) {
        return type(component.getClass());
    }

    RecordCodec codec(ComponentType<?> type) {
        return codecs[type.id()];
    }

    int firstOrdinal(ComponentType<?> type) {
        return firstOrdinals[type.id()];
    }

    /** A key of another schema would silently open another column. */
    void requireOwn(Field field) {
        int ordinal = field.ordinal();
        if (ordinal >= 0 && ordinal < fieldsByOrdinal.length) {
            Field own = fieldsByOrdinal[ordinal];
            if (own == field || own.equals(field)) {
                return;
            }
        }
        throw new IllegalArgumentException("field " + field.name() + " belongs to another schema");
    }

    void requireOwn(ComponentType<?> type) {
        if (byRecord.get(type.recordClass()) != type) {
            requireEqual(type);
        }
    }

    private void requireEqual(ComponentType<?> type) {
        if (!type.equals(byRecord.get(type.recordClass()))) {
            throw new IllegalArgumentException("component " + type.name() + " belongs to another schema");
        }
    }

    String describe(Field field) {
        return components.get(field.componentId()).name() + "." + field.name();
    }

    String describe(long mask) {
        return components.stream()
                .filter(type -> (mask & 1L << type.id()) != 0)
                .map(ComponentType::name)
                .toList()
                .toString();
    }

    private static long fingerprint(List<ComponentType<?>> components) {
        StateHash hash = new StateHash();
        hash.add(components.size());
        for (ComponentType<?> type : components) {
            add(hash, type.name());
            hash.add(type.version());
            hash.add(type.fields().size());
            for (Field field : type.fields()) {
                add(hash, field.name());
                hash.add(field.kind().ordinal());
            }
        }
        return hash.value();
    }

    private static void add(StateHash hash, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        hash.add(bytes, 0, bytes.length);
    }
}
