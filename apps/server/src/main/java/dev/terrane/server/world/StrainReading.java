package dev.terrane.server.world;

/**
 * Whether a node can keep up.
 *
 * @param busyPercent average round of its busiest worker, of the period as it is now
 * @param behindTicks by how many periods its latest worker is late
 */
public record StrainReading(int busyPercent, double behindTicks) {}
