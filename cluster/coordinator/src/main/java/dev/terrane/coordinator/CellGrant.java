package dev.terrane.coordinator;

import dev.terrane.base.CellId;
import dev.terrane.base.NodeId;

/**
 * The right to be the single writer of a cell.
 *
 * @param epoch rises only when the cell's owner changes or starts anew
 * @param incarnation upper half of the ids of entities minted under this grant; never granted twice, 1 to 2^31 - 1
 */
public record CellGrant(CellId cell, NodeId owner, long epoch, int incarnation) {}
