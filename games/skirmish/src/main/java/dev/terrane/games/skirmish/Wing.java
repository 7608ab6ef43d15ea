package dev.terrane.games.skirmish;

import dev.terrane.ecs.Audience;
import dev.terrane.ecs.Component;
import dev.terrane.ecs.Replicated;

/**
 * What ships of the same paint, a wing, are told of each other.
 *
 * @param energy as {@link Pilot#energy}
 * @param cloaked only the wing still sees the ship
 */
@Component("skirmish.wing")
public record Wing(
        @Replicated(to = Audience.SQUAD, step = 1) float energy,
        @Replicated(to = Audience.SQUAD) boolean cloaked) {

    /** The squad of a ship's paint. */
    static int squadOf(int variant) {
        return 1 + variant;
    }
}
