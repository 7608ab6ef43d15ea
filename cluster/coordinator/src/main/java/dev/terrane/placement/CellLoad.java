package dev.terrane.placement;

import dev.terrane.base.CellId;

/**
 * What one cell has to do, as measured.
 *
 * @param waiting messages in its inbox
 * @param p99Nanos the slowest percent of its ticks
 * @param averageNanos moving average of its ticks
 */
public record CellLoad(CellId cell, int entities, int avatars, int waiting, long p99Nanos, long averageNanos) {}
