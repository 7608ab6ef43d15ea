package dev.terrane.placement.cluster;

import java.util.List;

/**
 * All that the plan knows: one look at the cluster.
 *
 * @param step counts looks, at a steady rate; {@link Home#sinceStep} is of the same count
 * @param nodes that are alive and tick cells, each once, in any order
 * @param cells that are wanted, each once, in any order
 * @param borders of cells; pairs with cells that are not here do not count
 * @param isFrozen an administrator wants nothing moved but what is pinned
 */
public record ClusterView(
        long step, List<ClusterNode> nodes, List<ClusterCell> cells, List<Border> borders, boolean isFrozen) {
    public ClusterView {
        nodes = List.copyOf(nodes);
        cells = List.copyOf(cells);
        borders = List.copyOf(borders);
    }
}
