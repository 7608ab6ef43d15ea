package dev.terrane.handoff;

import dev.terrane.base.CellId;
import java.util.List;

/**
 * What a stored checkpoint says of one cell.
 *
 * @param restarting whether it starts again from this checkpoint; false for a cell that lives on, whose checkpoint was taken after
 *     {@link dev.terrane.protocol.cluster.CellInput.PeerRestarting}
 * @param handoff as read from the checkpoint
 * @param entity ids of all entities that live there
 * @param ownership of the entity at the same index
 * @param loggedOut ids, among those that live there or are kept in {@code handoff}, whose character was logged out since
 * @param journal what was told since the checkpoint, each entity once; of cells that live on nothing is needed: their checkpoints are young enough
 */
public record RestoredCell(
        CellId cell,
        boolean restarting,
        HandoffMachine handoff,
        long[] entity,
        int[] ownership,
        long[] loggedOut,
        List<Told> journal) {
    /** Without a journal. */
    public RestoredCell(
            CellId cell, boolean restarting, HandoffMachine handoff, long[] entity, int[] ownership, long[] loggedOut) {
        this(cell, restarting, handoff, entity, ownership, loggedOut, List.of());
    }
}
