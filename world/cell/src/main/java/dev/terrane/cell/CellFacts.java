package dev.terrane.cell;

import dev.terrane.base.CellId;

/**
 * The durable facts of one tick: what must be true again after a restart, although it happened after the last image. Immutable: nobody changes
 * {@code facts}.
 *
 * @param epoch of the owner that wrote them
 * @param schemaFingerprint of the component schema that they are written under
 * @param facts entities that must survive as they were then, and those that must not come back; empty when there are none
 */
public record CellFacts(CellId cell, long epoch, long tick, long schemaFingerprint, byte[] facts) {}
