package dev.terrane.coordinator;

import dev.terrane.base.CellId;
import dev.terrane.base.NodeId;
import java.util.List;

/** Everything that changes who owns what. Whoever leads puts it into the one order that all copies of the state follow. */
public sealed interface Command {
    /** A node offers its service. One that was known before has started anew: the cells of its former life have no owner now. */
    record RegisterNode(NodeId node) implements Command {}

    /** A node is considered dead: its cells have no owner until they are granted again. */
    record NodeLost(NodeId node) implements Command {}

    /**
     * Makes cells somebody's, all or none. Each grant needs a higher epoch than its cell ever had and an incarnation above all given
     * before. A cell's own owner may be granted it again: the cell starts anew.
     */
    record GrantCells(List<CellGrant> grants) implements Command {
        public GrantCells {
            grants = List.copyOf(grants);
        }
    }

    /** The owner under this epoch gives the cell back, for example at shutdown. */
    record ReleaseCell(CellId cell, long epoch) implements Command {}
}
