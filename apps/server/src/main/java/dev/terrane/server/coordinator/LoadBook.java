package dev.terrane.server.coordinator;

import dev.terrane.base.CellId;
import dev.terrane.base.NodeId;
import dev.terrane.node.NodeMessage;
import dev.terrane.placement.cluster.ClusterNode;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What nodes have said of their work, averaged. Any thread; each call is short. */
final class LoadBook {
    /** Of one node, and no more: nothing of ours has as many. */
    private static final int CELL_COUNT_MAX = 65_536;
    /** Of each new measurement: with one per second, a jump of load counts for two thirds after five seconds. */
    private static final double NEW_PART = 0.2;

    private static final double WORKER_NANOS = 1e9;

    private final TreeMap<NodeId, Double> capacities = new TreeMap<>();
    private final TreeMap<CellId, Work> works = new TreeMap<>();

    /** Averaged, in nanoseconds of tick work per second: what cannot be left out, what can be less for a while, what runs only while there is time. */
    record Work(NodeId by, double hard, double soft, double opportunistic, int entities, int avatars) {
        /** All of it. */
        long nanosPerSecond() {
            return (long) (hard + soft + opportunistic);
        }
    }

    synchronized void heard(NodeId node, NodeMessage.Loads loads) {
        capacities.put(node, loads.capacityNanosPerSecond());
        for (NodeMessage.CellWork cell : loads.cells()) {
            Work before = works.get(cell.cell());
            if (before == null && works.size() >= CELL_COUNT_MAX) {
                continue;
            }
            // A cell that has moved is measured on another machine, but it is the same work.
            works.put(
                    cell.cell(),
                    new Work(
                            node,
                            averaged(before == null ? null : before.hard, cell.hard()),
                            averaged(before == null ? null : before.soft, cell.soft()),
                            averaged(before == null ? null : before.opportunistic, cell.opportunistic()),
                            cell.entities(),
                            cell.avatars()));
        }
    }

    private static double averaged(@Nullable Double before, long measured) {
        double nanos = Math.min(measured, ClusterNode.CAPACITY_NANOS_MAX);
        return before == null ? nanos : before + NEW_PART * (nanos - before);
    }

    /** Null: nothing was measured. */
    synchronized @Nullable Work work(CellId cell) {
        return works.get(cell);
    }

    /** Nanoseconds of tick work per second; of a node that has said nothing yet as much as the others have on average, or one worker's. */
    synchronized long capacity(NodeId node) {
        Double known = capacities.get(node);
        double found = known != null
                ? known
                : capacities.values().stream()
                        .mapToDouble(Double::doubleValue)
                        .average()
                        .orElse(WORKER_NANOS);
        return Math.clamp((long) found, 1, ClusterNode.CAPACITY_NANOS_MAX);
    }

    synchronized void retain(Set<NodeId> nodes, Set<CellId> cells) {
        capacities.keySet().retainAll(nodes);
        works.keySet().retainAll(cells);
    }
}
