package dev.terrane.cell;

import dev.terrane.plugin.WorldMap;

/**
 * What all cells of a world share. Immutable; any thread may read it.
 *
 * @param seed of the world's randomness; each cell derives its own from it
 */
public record World(WorldMap map, WorldSchema schema, long seed) {}
