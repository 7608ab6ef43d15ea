package dev.terrane.placement.cluster;

import dev.terrane.base.CellId;
import dev.terrane.base.NodeId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A cell that somebody has to own.
 *
 * @param pin an administrator wants it on this node; null: anywhere. A pin to a node that is dead does not count
 * @param givenUp nodes that lived and did not follow it when they were to, the last one last: its copy is better elsewhere, if there is another node, and best where that is longest ago
 */
public record ClusterCell(
        CellId id, Home home, CellDemand demand, @Nullable NodeId pin, List<NodeId> givenUp) {
    public ClusterCell {
        givenUp = List.copyOf(givenUp);
    }
}
