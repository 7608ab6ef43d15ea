package dev.terrane.games.skirmish;

import dev.terrane.ecs.Component;
import dev.terrane.ecs.Replicated;

/** Event: somebody fired, from a place (local metres) towards another. */
@Component("skirmish.shot")
public record Shot(
        @Replicated long shooter,
        @Replicated(step = 1f / 16) float x,
        @Replicated(step = 1f / 16) float y,
        @Replicated(step = 1f / 16) float toX,
        @Replicated(step = 1f / 16) float toY,
        @Replicated int weapon) {}
