package dev.terrane.games.skirmish;

import dev.terrane.ecs.Component;

/**
 * A shot on its way. It crosses borders like everybody else, so it carries what is needed when its shooter is not in the same cell.
 *
 * @param shooter entity id
 * @param team of a drone that fired it, or {@link #NO_TEAM}
 * @param weapon {@link Weapon#ordinal}
 * @param firedTick it has not moved before the tick after this one
 * @param lagTicks how long ago its shooter sees others: it meets them as of then. 0: as of now, for as long as it flies
 */
@Component("skirmish.bolt")
public record Bolt(long shooter, String shooterName, int team, int weapon, long firedTick, float lagTicks) {
    static final int NO_TEAM = -1;

    Bolt withLag(float ticks) {
        return new Bolt(shooter, shooterName, team, weapon, firedTick, ticks);
    }
}
