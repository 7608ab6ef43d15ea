package dev.terrane.cell;

import dev.terrane.ecs.Schema;
import dev.terrane.plugin.WorldPlugin;
import dev.terrane.protocol.client.WireSchema;
import java.util.List;

/**
 * All records of a world, kit first, then each plugin's: as the cells store them and as clients know them. Built once per world;
 * immutable; any thread may read it.
 *
 * @param components of entities
 * @param events record types that systems may emit, described like components; the index is the event's number
 * @param wire the replicated fields of both, for Welcome
 */
public record WorldSchema(Schema components, Schema events, WireSchema wire) {

    /** @throws IllegalArgumentException naming the record that cannot be a component or event, or is declared twice */
    public static WorldSchema of(List<WorldPlugin> plugins) {
        throw new UnsupportedOperationException("lands with core/ecs: " + plugins);
    }
}
