package dev.terrane.bench.load.arena;

import dev.terrane.ecs.Component;
import dev.terrane.ecs.Replicated;

/**
 * One of the many who fight. Fighters of one squad do not shoot at each other, and stay in one layer.
 *
 * @param hull what is left of it, 1 to 100
 */
@Component("bench.fighter")
public record Fighter(
        @Replicated int squad, @Replicated(step = 1) float hull) {
    static final float HULL_FULL = 100;
}
