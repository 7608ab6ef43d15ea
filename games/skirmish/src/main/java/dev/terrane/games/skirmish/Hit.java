package dev.terrane.games.skirmish;

import dev.terrane.ecs.Component;
import dev.terrane.ecs.Replicated;

/**
 * Event: a bolt met its target.
 *
 * @param amount points it took away, all layers together
 * @param layer the innermost it reached: 0 shield, 1 armor, 2 hull
 * @param x where, in local metres
 */
@Component("skirmish.hit")
public record Hit(
        @Replicated long target,
        @Replicated long by,
        @Replicated(step = 1f / 4) float amount,
        @Replicated int layer,
        @Replicated(step = 1f / 16) float x,
        @Replicated(step = 1f / 16) float y) {}
