package dev.terrane.games.skirmish;

/**
 * Intent: a bolt has met you. The target's owner decides what it does.
 *
 * @param shooter entity id
 * @param weapon {@link Weapon#ordinal}
 * @param x where, in metres of the world's plane: the two cells measure from different origins
 * @param tick in which it met you
 * @param lagTicks how long before that you were there, as its shooter saw you
 */
public record Strike(long shooter, String shooterName, int weapon, double x, double y, long tick, float lagTicks) {}
