package dev.terrane.placement;

import dev.terrane.base.CellId;

/**
 * A cell and who ticks it.
 *
 * @param worker its number, from 0
 * @param loadNanos what one tick costs, as a moving average
 */
public record Placed(CellId cell, int worker, long loadNanos) {}
