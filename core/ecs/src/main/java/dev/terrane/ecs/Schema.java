package dev.terrane.ecs;

import java.util.List;

/**
 * All component types of a world, in the order in which they were declared: the order is part of the wire format and of
 * checkpoints. At most 64. Immutable; any thread may read it.
 */
public final class Schema {
    private Schema() {}

    /** @throws IllegalArgumentException naming the record and field that cannot be a component */
    @SafeVarargs
    public static Schema of(Class<? extends Record>... components) {
        throw new UnsupportedOperationException();
    }

    public static Schema of(List<Class<? extends Record>> components) {
        throw new UnsupportedOperationException();
    }

    public List<ComponentType<?>> components() {
        throw new UnsupportedOperationException();
    }

    /** @throws IllegalArgumentException if the record was not declared */
    public <C extends Record> ComponentType<C> type(Class<C> component) {
        throw new UnsupportedOperationException();
    }

    /** Short for {@code type(component).field(name)}. */
    public Field field(Class<? extends Record> component, String name) {
        throw new UnsupportedOperationException();
    }

    /** All fields of all components; {@link Field#ordinal} is the index. */
    public List<Field> fields() {
        throw new UnsupportedOperationException();
    }

    /** A fingerprint of names, versions, kinds and order: equal schemas, and only they, have equal ones. */
    public long fingerprint() {
        throw new UnsupportedOperationException();
    }
}
