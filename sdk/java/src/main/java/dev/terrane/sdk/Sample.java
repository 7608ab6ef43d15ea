package dev.terrane.sdk;

/**
 * A moment of an entity, in world coordinates: metres and radians.
 *
 * @param extrapolated the moment lies after all that is known
 */
public record Sample(double x, double y, double z, double heading, boolean extrapolated) {}
