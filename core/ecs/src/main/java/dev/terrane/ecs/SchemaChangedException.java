package dev.terrane.ecs;

/** A state was written under a schema from which no declared rule leads to the present one. The message names component, field and remedy. */
public final class SchemaChangedException extends RuntimeException {
    SchemaChangedException(String message) {
        super(message);
    }
}
