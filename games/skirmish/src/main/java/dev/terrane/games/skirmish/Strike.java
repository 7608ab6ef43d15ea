package dev.terrane.games.skirmish;

/**
 * Intent: a bolt has met you. The target's owner decides what it does.
 *
 * @param shooter entity id
 * @param weapon {@link Weapon#ordinal}
 * @param x where, in metres of the world's plane: the two cells measure from different origins
 */
public record Strike(long shooter, String shooterName, int weapon, double x, double y) {}
