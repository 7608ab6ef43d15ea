package dev.terrane.coordinator;

import dev.terrane.base.WorldId;
import java.util.List;

/** Where grants that the coordinators' log has given become fences of what is durable. Any thread may call it; calls block and throw when the store cannot be reached. */
public interface FenceStore {
    /**
     * Makes grants true here, all or none: from now on everything under lower epochs is refused. What has an epoch as high already stays as it is. Whatever former owners saved before is there when this returns, and nothing of
     * theirs comes after it.
     */
    void raise(List<CellGrant> grants);

    /** The last grant of each cell of a world, in order: a log that begins goes on above their numbers. */
    List<CellGrant> all(WorldId world);
}
