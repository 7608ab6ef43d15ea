package dev.terrane.ghosts;

import dev.terrane.base.CellId;
import org.jspecify.annotations.Nullable;

/** Who lives in the cell, and where those went who left it. */
public interface Residents {
    /** The handle of the entity with this id in the cell's own store, or 0. */
    long find(long entityId);

    /** The cell that the entity was handed to a short while ago; null if it was not. */
    @Nullable
    CellId goneTo(long entityId);
}
