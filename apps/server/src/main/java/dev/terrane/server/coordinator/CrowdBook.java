package dev.terrane.server.coordinator;

import dev.terrane.base.CellId;
import dev.terrane.base.NodeId;
import dev.terrane.coordinator.Tenure;
import dev.terrane.node.NodeMessage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** What sims have said last of their crowds, and how new the map is that each node acts on. Kept by every coordinator, so that whoever leads next knows as much. Any thread; each call is short. */
final class CrowdBook {
    /** In a row: a cell that has not heard yet where newcomers go tries in vain for a moment. */
    private static final int MISSED_REPORTS = 3;

    private final Map<NodeId, NodeMessage.Crowds> sims = new TreeMap<>();
    private final Map<NodeId, Map<CellId, Integer>> missed = new TreeMap<>();
    private final Map<NodeId, Long> maps = new HashMap<>();

    synchronized void heard(NodeId node, NodeMessage.Crowds crowds) {
        sims.put(node, crowds);
        Map<CellId, Integer> before = missed.getOrDefault(node, Map.of());
        Map<CellId, Integer> now = new TreeMap<>();
        crowds.missed().forEach(cell -> now.put(cell, before.getOrDefault(cell, 0) + 1));
        missed.put(node, now);
    }

    /** Nobody else lives: what the others have said is over, and what they have missed is not to be waited for. */
    synchronized void retain(List<NodeId> registered) {
        sims.keySet().retainAll(registered);
        missed.keySet().retainAll(registered);
        maps.keySet().retainAll(registered);
    }

    /** A node acts on this map. */
    synchronized void acts(NodeId node, long mapVersion) {
        maps.put(node, mapVersion);
    }

    /** Whether each of these nodes acts on this map, or a newer one. */
    synchronized boolean allAct(List<NodeId> nodes, long mapVersion) {
        return nodes.stream().allMatch(node -> maps.getOrDefault(node, 0L) >= mapVersion);
    }

    /** Of the busiest and of the latest of these sims. */
    synchronized NodeMessage.Strain strain(List<NodeId> nodes) {
        int busyPercent = 0;
        double behindTicks = 0;
        for (NodeId node : nodes) {
            NodeMessage.Crowds said = sims.get(node);
            if (said != null) {
                busyPercent = Math.max(busyPercent, said.strain().busyPercent());
                behindTicks = Math.max(behindTicks, said.strain().behindTicks());
            }
        }
        return new NodeMessage.Strain(busyPercent, behindTicks);
    }

    /** Layers at rest that hold somebody back who was handed to them. */
    synchronized Set<CellId> missed() {
        Set<CellId> all = new TreeSet<>();
        missed.values()
                .forEach(each -> each.forEach((cell, count) -> {
                    if (count >= MISSED_REPORTS) {
                        all.add(cell);
                    }
                }));
        return all;
    }

    /** What the owners of cells have said of them, as they run under their present epochs. */
    synchronized SortedMap<CellId, NodeMessage.Crowd> all(List<Tenure> tenures) {
        SortedMap<CellId, NodeMessage.Crowd> all = new TreeMap<>();
        Map<CellId, Tenure> held = new HashMap<>();
        tenures.forEach(tenure -> held.put(tenure.cell(), tenure));
        sims.forEach((node, said) -> {
            for (NodeMessage.Crowd crowd : said.cells()) {
                Tenure tenure = held.get(crowd.load().cell());
                if (tenure != null && node.equals(tenure.owner()) && crowd.epoch() == tenure.epoch()) {
                    all.put(tenure.cell(), crowd);
                }
            }
        });
        return all;
    }
}
