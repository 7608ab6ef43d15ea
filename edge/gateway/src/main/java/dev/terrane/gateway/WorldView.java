package dev.terrane.gateway;

import dev.terrane.base.WorldId;
import dev.terrane.protocol.client.WireSchema;
import dev.terrane.space.Partition;

/**
 * What a gateway knows of a world: facts that never change while it runs.
 *
 * @param schema components and events as clients know them
 * @param chunkMetres side of a chunk, the same as the cells use
 */
public record WorldView(
        WorldId world, Partition partition, double chunkMetres, int simulationHz, int snapshotHz, WireSchema schema) {}
