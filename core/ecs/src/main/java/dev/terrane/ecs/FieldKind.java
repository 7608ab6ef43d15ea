package dev.terrane.ecs;

/** The type of a field: how its column is stored and how it travels. The ordinal is part of the wire format. */
public enum FieldKind {
    FLOAT,
    INT,
    LONG,
    BOOLEAN,
    /** UTF-8, at most 255 bytes. */
    TEXT
}
