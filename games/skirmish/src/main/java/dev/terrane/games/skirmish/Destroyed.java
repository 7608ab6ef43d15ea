package dev.terrane.games.skirmish;

import dev.terrane.ecs.Component;
import dev.terrane.ecs.Replicated;

/** Event: a ship or drone is no more; {@code kind} as in {@link Craft}, the place in local metres. */
@Component("skirmish.destroyed")
public record Destroyed(
        @Replicated long victim,
        @Replicated long by,
        @Replicated String victimName,
        @Replicated String byName,
        @Replicated(step = 1f / 16) float x,
        @Replicated(step = 1f / 16) float y,
        @Replicated int kind) {}
