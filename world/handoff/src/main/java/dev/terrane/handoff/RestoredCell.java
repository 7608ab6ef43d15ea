package dev.terrane.handoff;

import dev.terrane.base.CellId;

/**
 * What a stored checkpoint says of one cell.
 *
 * @param restarting whether it starts again from this checkpoint; false for a cell that lives on, whose checkpoint was taken after
 *     {@link dev.terrane.protocol.cluster.CellInput.PeerRestarting}
 * @param handoff as read from the checkpoint
 * @param entity ids of all entities that live there
 * @param ownership of the entity at the same index
 * @param loggedOut ids, among those that live there or are kept in {@code handoff}, whose character was logged out since
 */
public record RestoredCell(
        CellId cell, boolean restarting, HandoffMachine handoff, long[] entity, int[] ownership, long[] loggedOut) {}
