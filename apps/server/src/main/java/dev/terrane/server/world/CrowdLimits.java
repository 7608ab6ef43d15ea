package dev.terrane.server.world;

/**
 * When a cell counts as crowded.
 *
 * @param entitiesMax more than this, or
 * @param p99TickMillisMax a slowest percent of ticks above this,
 * @param consecutiveTicks for so many ticks in a row
 */
public record CrowdLimits(int entitiesMax, int p99TickMillisMax, int consecutiveTicks) {}
