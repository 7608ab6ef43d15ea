package dev.terrane.games.skirmish;

import dev.terrane.ecs.Component;

/** One entity without a place per region: keeps the region's drones at their number. */
@Component("skirmish.spawner")
public record Spawner(long nextTick) {}
