package dev.terrane.server.cli;

import dev.terrane.json.JsonTree;
import dev.terrane.server.cli.cluster.AdminCalls;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** What administrators may look at in the coordinators' log. */
final class AdminViews {
    private static final String CODES = AdminCall.CODES;

    private AdminViews() {}

    @Command(
            name = "nodes",
            mixinStandardHelpOptions = true,
            description = "Nodes: roles, drain, age of the last beat; who leads; overrides that hold.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  terrane admin nodes",
                "  terrane admin nodes --url http://c1:8080 --token-file ~/.terrane-token",
                "  terrane admin nodes --json | jq '.nodes_desired'",
                "",
                CODES
            })
    static final class Nodes extends AdminCall {
        @Override
        public Integer call() {
            return show(calls -> calls.get("/cluster"), Nodes::text);
        }

        private static String text(JsonTree cluster) {
            TextTable table = new TextTable("NODE", "ROLES", "SLOT", "BEAT", "ADDRESS", "VERSION", "");
            for (JsonTree node : cluster.get("nodes").items()) {
                table.add(
                        node.get("node").text(),
                        node.get("roles").items().stream().map(JsonTree::text).collect(Collectors.joining(",")),
                        node.get("slot").text(),
                        millis(node.get("beat_age_millis")),
                        node.get("address").text(),
                        node.get("version").text(),
                        node.get("draining").isTrue() ? "is being drained" : "");
            }
            StringBuilder text = new StringBuilder("coordinator %s leads, term %s%n"
                    .formatted(cluster.get("leader").text(), cluster.get("term").text()));
            text.append(table);
            for (JsonTree override : cluster.get("overrides").items()) {
                text.append("%n%s = %s, by %s: %s"
                        .formatted(
                                override.get("name").text(),
                                override.get("value").text(),
                                override.get("author").text(),
                                override.get("reason").text()));
            }
            for (JsonTree shortage : cluster.get("shortages").items()) {
                text.append("%nshort of: %s".formatted(shortage.text()));
            }
            return text.toString();
        }
    }

    @Command(
            name = "cells",
            mixinStandardHelpOptions = true,
            description = "Cells: owner, standby, epoch, load.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  terrane admin cells",
                "  terrane admin cells --json | jq -r '.cells[] | select(.owner == null) | .cell'",
                "",
                CODES
            })
    static final class Cells extends AdminCall {
        @Override
        public Integer call() {
            return show(calls -> calls.all("/cluster/cells", "cells"), Cells::text);
        }

        private static String text(JsonTree answer) {
            TextTable table =
                    new TextTable("CELL", "PHASE", "OWNER", "EPOCH", "STANDBY", "ENTITIES", "AVATARS", "BUSY");
            for (JsonTree cell : answer.get("cells").items()) {
                JsonTree load = cell.get("load");
                String standby = cell.get("standby").text();
                table.add(
                        cell.get("cell").text(),
                        cell.get("phase").text(),
                        cell.get("owner").text(),
                        cell.get("epoch").text(),
                        standby.isEmpty() || cell.get("ready").isTrue() ? standby : standby + " (copying)",
                        load.get("entities").text(),
                        load.get("avatars").text(),
                        load.there()
                                ? "%.1f %%"
                                        .formatted(load.get("nanos_per_second").number() / 1e7)
                                : "");
            }
            return table.toString();
        }
    }

    @Command(
            name = "graph",
            mixinStandardHelpOptions = true,
            description = "Ownership as a graph: nodes, cells with their outlines, borders.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  terrane admin graph                     each cell with its neighbours and their owners",
                "  terrane admin graph --json              what a page draws",
                "",
                CODES
            })
    static final class Graph extends AdminCall {
        @Override
        public Integer call() {
            return show(Graph::whole, Graph::text);
        }

        /** Cells of all pages; borders are those of each page's own cells, so they are put together, too. */
        private static AdminCalls.Reply whole(AdminCalls calls) {
            AdminCalls.Reply cells = calls.all("/cluster/graph", "cells");
            AdminCalls.Reply borders = cells.done() ? calls.all("/cluster/graph", "borders") : cells;
            return borders.done() ? borders.with("cells", cells.body().get("cells")) : borders;
        }

        private static String text(JsonTree graph) {
            TextTable table = new TextTable("CELL", "OWNER", "STANDBY", "NEIGHBOURS");
            for (JsonTree cell : graph.get("cells").items()) {
                String name = cell.get("cell").text();
                String around = graph.get("borders").items().stream()
                        .filter(border -> border.get("a").text().equals(name)
                                || border.get("b").text().equals(name))
                        .map(border -> border.get(border.get("a").text().equals(name) ? "b" : "a")
                                .text())
                        .map(other -> other + "@" + owner(graph, other))
                        .collect(Collectors.joining(" "));
                table.add(name, cell.get("owner").text(), cell.get("standby").text(), around);
            }
            return table.toString();
        }

        private static String owner(JsonTree graph, String name) {
            return graph.get("cells").items().stream()
                    .filter(cell -> cell.get("cell").text().equals(name))
                    .map(cell -> cell.get("owner").text())
                    .findFirst()
                    .orElse("");
        }
    }

    @Command(
            name = "migrations",
            mixinStandardHelpOptions = true,
            description = "Cells on the move and those that were, newest first: by whom, why, how long.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  terrane admin migrations",
                "  terrane admin migrations --json | jq '[.migrations[].frozen_millis] | max'",
                "",
                CODES
            })
    static final class Migrations extends AdminCall {
        @Override
        public Integer call() {
            return show(calls -> calls.all("/cluster/migrations", "migrations"), Migrations::text);
        }

        private static String text(JsonTree answer) {
            TextTable table = new TextTable("WHEN", "CELL", "FROM", "TO", "STATE", "COPY", "FROZEN", "BY", "WHY");
            for (JsonTree each : answer.get("migrations").items()) {
                table.add(
                        time(each.get("frozen_at")),
                        each.get("cell").text(),
                        each.get("from").text(),
                        each.get("to").text(),
                        each.get("state").text(),
                        millis(each.get("copy_millis")),
                        millis(each.get("frozen_millis")),
                        each.get("author").text(),
                        each.get("reason").text());
            }
            return table.toString();
        }
    }

    @Command(
            name = "epochs",
            mixinStandardHelpOptions = true,
            description = "Who had a cell under its last epochs, and why each ended.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  terrane admin epochs 'skirmish/0,1#0'",
                "  terrane admin cells                     what cells there are",
                "",
                CODES
            })
    static final class Epochs extends AdminCall {
        @Parameters(paramLabel = "CELL", description = "As cells says.")
        private String cell = "";

        @Override
        public Integer call() {
            return show(calls -> calls.get("/cluster/epochs?cell=" + AdminCalls.encoded(cell)), Epochs::text);
        }

        private static String text(JsonTree answer) {
            TextTable table = new TextTable("EPOCH", "OWNER", "BEGUN", "FROM", "TERM", "ENDED", "TO", "TERM");
            for (JsonTree span : answer.get("spans").items()) {
                table.add(
                        span.get("epoch").text(),
                        span.get("owner").text(),
                        span.get("begun").text(),
                        time(span.get("from").get("at_millis")),
                        span.get("from").get("term").text(),
                        span.get("ended").text(),
                        time(span.get("to").get("at_millis")),
                        span.get("to").get("term").text());
            }
            return table.toString();
        }
    }

    @Command(
            name = "audit",
            mixinStandardHelpOptions = true,
            description = "The last 256 entries of the log: who wanted what, and why.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  terrane admin audit",
                "  terrane admin audit --json | jq '.entries[] | select(.author | startswith(\"admin\"))'",
                "",
                CODES
            })
    static final class Audit extends AdminCall {
        @Override
        public Integer call() {
            return show(calls -> calls.get("/cluster/audit"), Audit::text);
        }

        private static String text(JsonTree answer) {
            TextTable table = new TextTable("ENTRY", "WHEN", "TERM", "BY", "WHY", "WHAT");
            for (JsonTree entry : answer.get("entries").items()) {
                table.add(
                        entry.get("index").text(),
                        time(entry.get("at_millis")),
                        entry.get("term").text(),
                        entry.get("author").text(),
                        entry.get("reason").text(),
                        entry.get("text").text());
            }
            return table.toString();
        }
    }
}
