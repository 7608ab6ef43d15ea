package dev.terrane.gateway;

import dev.terrane.base.CellId;
import java.util.List;

/** What a gateway is told by its own node, where cells are on others. A node on which everything is together has nothing to tell. */
public sealed interface NodeNews {
    /** From now on cells know this gateway by that number: to the cluster its node has begun anew, and what cells had for the earlier number they forget. */
    record Numbered(int number) implements NodeNews {}

    /**
     * The way to these cells was cut and is whole again: whatever was underway, to them or from them, may be lost.
     *
     * @param heard run before anything is offered to them again: inputs that were offered after those that are lost would leave a gap
     */
    record WayMended(List<CellId> cells, Runnable heard) implements NodeNews {
        public WayMended {
            cells = List.copyOf(cells);
        }
    }
}
