package dev.terrane.placement.cluster;

import dev.terrane.base.NodeId;
import org.jspecify.annotations.Nullable;

/**
 * Where a cell is. Nodes that are dead may be named here: they count as none.
 *
 * @param owner null: nobody
 * @param standby keeps the warm copy; null: nobody
 * @param isReady the copy is whole
 * @param isMoving the move to its standby has begun
 * @param sinceStep the view's step in which it came to its owner
 */
public record Home(
        @Nullable NodeId owner, @Nullable NodeId standby, boolean isReady, boolean isMoving, long sinceStep) {
    /** Nowhere. */
    public static final Home NONE = new Home(null, null, false, false, 0);
}
