package dev.terrane.server.cli;

import dev.terrane.coordinator.NodeInfo.Role;
import dev.terrane.json.JsonTree;
import dev.terrane.server.cli.cluster.ClusterView;
import dev.terrane.server.cli.cluster.ClusterView.SeenNode;
import dev.terrane.server.cli.cluster.ProcessFacts;
import java.util.Comparator;
import java.util.Locale;

/** A cluster as a table for people. */
final class ClusterStatusText {
    private static final String ROW = "%-5s %-12s %-9s %8s %7s %7s %9s  %-8s %s%n";

    private ClusterStatusText() {}

    static String of(ClusterView view, boolean withCells) {
        StringBuilder text = new StringBuilder();
        String leader = view.cluster().get("leader").text();
        text.append(
                !view.answered()
                        ? "no coordinator answers: cells and drains are not known\n"
                        : leader.isEmpty()
                                ? "no coordinator leads now\n"
                                : "coordinator %s leads, all have agreed on release %s%n"
                                        .formatted(
                                                leader,
                                                view.cluster().get("release").text()));
        text.append(ROW.formatted("NODE", "ROLE", "STATE", "PID", "PORT", "CELLS", "STANDBYS", "RELEASE", ""));
        for (SeenNode seen : view.nodes()) {
            boolean sim = seen.node().role() == Role.SIM && view.answered();
            boolean gone = seen.state() == ProcessFacts.State.GONE;
            text.append(ROW.formatted(
                    seen.node().name(),
                    seen.node().role().name().toLowerCase(Locale.ROOT),
                    seen.state().name().toLowerCase(Locale.ROOT),
                    gone ? "-" : seen.node().process().pid(),
                    seen.node().ports().http(),
                    sim ? seen.owned() : "",
                    sim ? seen.standbys() : "",
                    seen.said().get("version").text(),
                    remark(seen)));
        }
        if (withCells) {
            text.append("%n%-28s %-6s %-8s %s%n".formatted("CELL", "OWNER", "STANDBY", "EPOCH"));
            view.cells().get("cells").items().stream()
                    .sorted(Comparator.comparing(cell -> cell.get("cell").text()))
                    .forEach(cell -> text.append(row(cell)));
        }
        return text.toString().stripTrailing();
    }

    private static String row(JsonTree cell) {
        return "%-28s %-6s %-8s %s%n"
                .formatted(
                        cell.get("cell").text(),
                        cell.get("owner").text(),
                        cell.get("standby").text(),
                        cell.get("epoch").text());
    }

    private static String remark(SeenNode seen) {
        return switch (seen.state()) {
            case GONE -> "start it again: terrane cluster start " + seen.node().name();
            case STOPPED ->
                "let it go on: terrane cluster kill --cont " + seen.node().name();
            case RUNNING -> seen.said().get("draining").isTrue() ? "is being drained" : "";
        };
    }
}
