package dev.terrane.games.skirmish;

import dev.terrane.ecs.Component;
import dev.terrane.ecs.Replicated;

/**
 * Event for a shooter alone, with the option {@code dev}: his bolt has met somebody where he saw him. Places in local metres.
 *
 * @param seenX where the target was as he saw it
 * @param x where it is
 * @param radius of the target
 * @param boltX where the bolt met it
 * @param lagTicks how long ago he saw it
 * @param firedTick the bolt's, the last 32 bits
 */
@Component("skirmish.judged")
public record Judged(
        @Replicated long target,
        @Replicated(step = 1f / 16) float seenX,
        @Replicated(step = 1f / 16) float seenY,
        @Replicated(step = 1f / 16) float x,
        @Replicated(step = 1f / 16) float y,
        @Replicated(step = 1f / 16) float radius,
        @Replicated(step = 1f / 16) float boltX,
        @Replicated(step = 1f / 16) float boltY,
        @Replicated(step = 1f / 16) float lagTicks,
        @Replicated int firedTick) {}
