package dev.terrane.server.cli.cluster;

import dev.terrane.json.JsonTree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A local cluster at one moment: its processes as the system shows them, and what a coordinator says.
 *
 * @param answered whether any coordinator did
 * @param cluster its answer about nodes; nothing when none answered
 * @param cells its answer about cells
 */
public record ClusterView(
        ClusterFacts facts, List<SeenNode> nodes, boolean answered, JsonTree cluster, JsonTree cells) {
    /**
     * A node.
     *
     * @param said what a coordinator says about it, field by field; nothing if it says nothing
     */
    public record SeenNode(NodeFacts node, ProcessFacts.State state, int owned, int standbys, JsonTree said) {}

    /** Looks. Blocks while it asks. */
    public static ClusterView of(ClusterFacts facts, CoordinatorCalls calls) {
        JsonTree cluster = calls.cluster().orElse(new JsonTree(null));
        JsonTree cells = calls.cells().orElse(new JsonTree(null));
        List<SeenNode> nodes = new ArrayList<>();
        for (NodeFacts node : facts.nodes()) {
            nodes.add(new SeenNode(
                    node,
                    node.process().state(),
                    count(cells, "owner", node.name()),
                    count(cells, "standby", node.name()),
                    said(cluster, node.name())));
        }
        return new ClusterView(facts, nodes, cluster.there(), cluster, cells);
    }

    private static int count(JsonTree cells, String field, String node) {
        return (int) cells.get("cells").items().stream()
                .filter(cell -> cell.get(field).text().equals(node))
                .count();
    }

    private static JsonTree said(JsonTree cluster, String node) {
        return cluster.get("nodes").items().stream()
                .filter(each -> each.get("node").text().equals(node))
                .findFirst()
                .orElse(new JsonTree(null));
    }

    /** Whether all nodes run and a coordinator answers. */
    public boolean whole() {
        return answered && nodes.stream().allMatch(seen -> seen.state == ProcessFacts.State.RUNNING);
    }

    /** The whole as a JSON object. */
    public Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("running", facts.runs());
        json.put("pid", facts.supervisor().pid());
        json.put("coordinatorAnswers", answered);
        json.put(
                "processes",
                nodes.stream()
                        .map(seen -> {
                            Map<String, Object> node = new LinkedHashMap<>(seen.node.toJson());
                            node.put("state", seen.state.name().toLowerCase(Locale.ROOT));
                            node.put("owned", seen.owned);
                            node.put("standbys", seen.standbys);
                            return node;
                        })
                        .toList());
        json.put("cluster", cluster);
        json.put("cells", cells.get("cells"));
        return json;
    }
}
