package dev.terrane.placement.cluster;

import dev.terrane.base.CellId;

/** Two cells that exchange ghosts and intents, in either order. Layers of one region do so without being named. */
public record Border(CellId one, CellId other) {}
