package dev.terrane.games.skirmish;

import dev.terrane.ecs.Audience;
import dev.terrane.ecs.Component;
import dev.terrane.ecs.Replicated;

/**
 * The person's side of a ship.
 *
 * @param energy 0 to {@link #ENERGY_MAX}; boost and shots drain it
 * @param respawnIn seconds until the next ship; 0 while alive
 */
@Component("skirmish.pilot")
public record Pilot(
        @Replicated int score,
        @Replicated int kills,
        @Replicated(to = Audience.OWNER) float energy,
        @Replicated(to = Audience.OWNER) float respawnIn) {
    static final float ENERGY_MAX = 100;
    static final float RESPAWN_SECONDS = 4;
}
