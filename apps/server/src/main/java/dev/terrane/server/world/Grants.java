package dev.terrane.server.world;

import dev.terrane.base.CellId;
import dev.terrane.coordinator.CellGrant;

/** Gives this node the right to be a cell's single writer. Job threads only: calls wait for the store or for coordinators. */
public interface Grants {
    /**
     * A new epoch of a cell that starts from its checkpoint here; whoever had it before is fenced.
     *
     * @throws IllegalStateException when the cell is not this node's to have
     */
    CellGrant grant(CellId cell);

    /** Nobody writes the cell under this epoch any more; does nothing when it has been granted anew since. */
    void release(CellId cell, long epoch);
}
