package dev.terrane.plugin.kit;

import dev.terrane.ecs.Component;

/**
 * With whom an entity belongs together. Its driver is told what is for that squad and that team, and what the entity replicates to
 * {@link dev.terrane.ecs.Audience#SQUAD} or {@link dev.terrane.ecs.Audience#TEAM} goes to them. The game writes it; a change holds from the next snapshot on.
 *
 * <p>Clients are not told it: a game whose players shall see who belongs where replicates that by a component of its own.
 *
 * @param squad any number of the game's own, the same in the whole world; 0 for none
 * @param team likewise, apart from squads
 */
@Component("kit.allegiance")
public record Allegiance(int squad, int team) {}
