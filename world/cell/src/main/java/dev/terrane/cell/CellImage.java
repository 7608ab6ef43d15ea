package dev.terrane.cell;

import dev.terrane.base.CellId;

/**
 * A cell's whole state at a tick boundary, for a checkpoint. Immutable: nobody changes {@code state}.
 *
 * @param epoch of the owner that took it
 * @param formatVersion of {@code state}
 * @param schemaFingerprint of the world's component schema
 * @param stateHash as {@link Cell#stateHash} was then
 */
public record CellImage(
        CellId cell, long epoch, long tick, int formatVersion, long schemaFingerprint, long stateHash, byte[] state) {
    /** The format this build writes, and the only one it reads. */
    public static final int FORMAT_VERSION = 2;
}
