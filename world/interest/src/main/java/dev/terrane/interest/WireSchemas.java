package dev.terrane.interest;

import dev.terrane.ecs.Schema;
import dev.terrane.protocol.client.WireSchema;

/** The schema that clients are told, from the one that the server uses. */
public final class WireSchemas {
    private WireSchemas() {}

    /** Replicated fields only; components and events keep their numbers. */
    public static WireSchema of(Schema components, Schema events) {
        throw new UnsupportedOperationException();
    }
}
