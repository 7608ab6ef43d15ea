package dev.terrane.checkpoint;

import dev.terrane.base.CellId;

/**
 * The durable facts of one tick of one cell: what must be true again after a restart, although it happened after the last checkpoint.
 *
 * @param epoch of the owner that wrote it; the store refuses one that is lower than the highest granted
 * @param schemaFingerprint of the component schema that {@code facts} are written under
 * @param facts the cell's own format
 */
public record JournalEntry(CellId cell, long epoch, long tick, long schemaFingerprint, byte[] facts) {}
