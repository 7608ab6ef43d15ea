package dev.terrane.plugin;

import dev.terrane.space.Partition;

/** What is the same in all cells of a world: its name and how its plane is cut. */
public record WorldMap(String world, Partition partition) {}
