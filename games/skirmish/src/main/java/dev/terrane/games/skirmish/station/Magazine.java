package dev.terrane.games.skirmish.station;

import dev.terrane.ecs.Audience;
import dev.terrane.ecs.Component;
import dev.terrane.ecs.Replicated;

/**
 * Bought rounds aboard a ship: while there are any, it fires them instead of light. What is aboard goes down with the ship.
 *
 * @param rounds 0 to {@link #ROUNDS_MAX}
 */
@Component("skirmish.magazine")
public record Magazine(@Replicated(to = Audience.OWNER) int rounds) {
    public static final Magazine EMPTY = new Magazine(0);
    static final int ROUNDS_MAX = 200;
}
