package dev.terrane.bench.load.cluster;

import dev.terrane.json.JsonTree;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * A cell as the cluster's map has it.
 *
 * @param cell region and layer, as {@code 2,-1#0}
 * @param owner empty: it runs nowhere
 * @param covered whether another node has a copy that could go on
 */
record SeatedCell(String cell, String owner, boolean covered) {
    private static final String HELD = "held";

    /** Of a coordinator's answer. */
    static List<SeatedCell> ofCoordinator(JsonTree answer) {
        List<SeatedCell> cells = new ArrayList<>();
        for (JsonTree each : answer.get("cells").items()) {
            String name = each.get("cell").text();
            boolean held = each.get("phase").text().equals(HELD);
            cells.add(new SeatedCell(
                    name.substring(name.indexOf('/') + 1),
                    held ? each.get("owner").text() : "",
                    held
                            && !each.get("standby").text().isEmpty()
                            && each.get("ready").isTrue()));
        }
        return cells;
    }

    /** Of a gateway's answer, which says nothing about copies. */
    static List<SeatedCell> ofGateway(JsonTree answer) {
        return answer.get("cells").items().stream()
                .map(each -> new SeatedCell(
                        each.get("region").text() + "#" + each.get("layer").number(),
                        each.get("worker").text(),
                        false))
                .toList();
    }

    static Predicate<SeatedCell> ownedBy(String node) {
        return each -> each.owner.equals(node);
    }

    /** The node that has most of them; of several the first by name, but rather another than the last. Empty: nobody has any. */
    static String busiest(List<SeatedCell> cells, String last) {
        Map<String, Integer> counts = new TreeMap<>();
        for (SeatedCell each : cells) {
            if (!each.owner.isEmpty()) {
                counts.merge(each.owner, 1, Integer::sum);
            }
        }
        return counts.entrySet().stream()
                .max(Map.Entry.<String, Integer>comparingByValue()
                        .thenComparing(each -> !each.getKey().equals(last))
                        .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
                .map(Map.Entry::getKey)
                .orElse("");
    }

    static boolean allRun(List<SeatedCell> cells) {
        return !cells.isEmpty() && cells.stream().noneMatch(each -> each.owner.isEmpty());
    }
}
