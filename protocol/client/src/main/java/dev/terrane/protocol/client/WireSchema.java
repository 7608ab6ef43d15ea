package dev.terrane.protocol.client;

import java.util.List;

/**
 * The components and events of a world as clients know them: replicated fields only. Immutable; any thread may read it.
 *
 * @param components index = component number
 * @param events index = event number
 */
public record WireSchema(List<WireRecord> components, List<WireRecord> events) {
    public static final int COMPONENT_COUNT_MAX = 64;
    public static final int EVENT_COUNT_MAX = 64;
    /** Fields of one component or event. */
    public static final int FIELD_COUNT_MAX = 64;

    /** Of a component, event or field. */
    public static final int NAME_BYTES_MAX = 64;

    /** A component or event. */
    public record WireRecord(String name, int version, List<WireField> fields) {}

    /** @param step grid of a quantised float in its own unit, 0 for none */
    public record WireField(String name, WireKind kind, boolean ownerOnly, float step) {}

    /** The ordinal is the number on the wire. */
    public enum WireKind {
        FLOAT,
        INT,
        LONG,
        BOOLEAN,
        TEXT
    }
}
