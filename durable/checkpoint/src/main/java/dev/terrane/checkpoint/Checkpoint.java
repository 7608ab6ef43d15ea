package dev.terrane.checkpoint;

import dev.terrane.base.CellId;

/**
 * A cell's whole state at a tick boundary.
 *
 * @param epoch of the owner that took it; the store refuses one that is lower than the highest granted
 * @param schemaFingerprint of the component schema: a state of another schema is refused
 * @param stateHash of the state, taken by the cell when it made the image; checked again when it is loaded
 * @param state the cell's own format, uncompressed
 */
public record Checkpoint(
        CellId cell, long epoch, long tick, int formatVersion, long schemaFingerprint, long stateHash, byte[] state) {}
