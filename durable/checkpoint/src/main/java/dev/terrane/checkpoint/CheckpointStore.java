package dev.terrane.checkpoint;

import dev.terrane.base.CellId;
import dev.terrane.base.WorldId;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/** Where checkpoints are kept. Any thread may call it; calls block until the store has answered. */
public interface CheckpointStore {
    /**
     * Keeps the checkpoint and the one before it; journals that are older than both may go.
     *
     * @throws StaleEpochException if the cell has been granted under a higher epoch
     * @throws StoreUnavailableException if the store cannot be reached: play goes on, try again later
     */
    void save(Checkpoint checkpoint);

    /**
     * The one with the highest epoch and tick.
     *
     * @throws CheckpointCorruptException if it is not what was saved
     * @throws StoreUnavailableException if the store cannot be reached
     */
    Optional<Checkpoint> latest(CellId cell);

    /** Cells of a world of which there is a checkpoint or a journal, in their order. */
    SortedSet<CellId> cells(WorldId world);

    /** Of the states that are kept here, and of journals. */
    SchemaStore schemas();

    /** The latest of each cell of a world, in the order of the cells; throws like the other. */
    List<Checkpoint> latest(WorldId world);
}
