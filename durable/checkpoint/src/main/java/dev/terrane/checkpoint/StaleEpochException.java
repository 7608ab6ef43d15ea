package dev.terrane.checkpoint;

import dev.terrane.base.CellId;

/** A writer was fenced: somebody else owns the cell now. The writer must stop. */
public final class StaleEpochException extends RuntimeException {
    public StaleEpochException(CellId cell, long epoch, long granted) {
        super("cell " + cell + " was written under epoch " + epoch + ", but epoch " + granted
                + " has been granted since; this owner must stop");
    }
}
