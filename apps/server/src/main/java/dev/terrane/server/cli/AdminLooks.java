package dev.terrane.server.cli;

import dev.terrane.json.JsonTree;
import dev.terrane.server.cli.cluster.AdminCalls;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What administrators may ask of the nodes themselves, by way of a coordinator. */
final class AdminLooks {
    private static final String CODES = AdminCall.CODES;
    private static final String CHARACTER = "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}";

    private AdminLooks() {}

    private static String silent(JsonTree answer) {
        String names = answer.get("silent").items().stream().map(JsonTree::text).collect(Collectors.joining(", "));
        return names.isEmpty() ? "" : System.lineSeparator() + "no answer from " + names;
    }

    @Command(
            name = "queues",
            mixinStandardHelpOptions = true,
            description = "How much waits in each node's queues now, the fullest of each first.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  terrane admin queues",
                "  terrane admin queues --node s1 --empty",
                "  terrane admin queues --json | jq '.queues[] | select(.queue == \"link_queue_bytes\")'",
                "",
                CODES
            })
    static final class Queues extends AdminCall {
        @Option(names = "--node", paramLabel = "NODE", description = "Only of this one.")
        private String node = "";

        @Option(names = "--empty", description = "Those, too, in which nothing waits.")
        private boolean empty;

        @Override
        public Integer call() {
            String query = "?empty=" + empty + (node.isEmpty() ? "" : "&node=" + AdminCalls.encoded(node));
            return show(calls -> calls.get("/cluster/queues" + query), Queues::text);
        }

        private static String text(JsonTree answer) {
            TextTable table = new TextTable("NODE", "DEPTH", "QUEUE", "OF");
            for (JsonTree queue : answer.get("queues").items()) {
                table.add(
                        queue.get("node").text(),
                        queue.get("depth").text(),
                        queue.get("queue").text(),
                        queue.get("of").text());
            }
            return table + silent(answer);
        }
    }

    @Command(
            name = "entity",
            mixinStandardHelpOptions = true,
            description =
                    "What became of an entity, or of all that a character had: where it lived, each hand-off with tick and epoch.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  terrane admin entity 12:4711",
                "  terrane admin entity 3f0c1a52-8a6e-4b0e-9a51-0d6c0a6f7a11    a character",
                "",
                CODES
            })
    static final class Entity extends AdminCall {
        @Parameters(paramLabel = "ID", description = "Of an entity, like 12:4711, or a character's UUID.")
        private String id = "";

        @Override
        public Integer call() {
            String query = (id.matches(CHARACTER) ? "?character=" : "?entity=") + AdminCalls.encoded(id);
            return show(calls -> calls.get("/cluster/timeline" + query), Entity::text);
        }

        private static String text(JsonTree answer) {
            if (answer.get("events").items().isEmpty()) {
                return "nobody remembers anything of it" + silent(answer);
            }
            TextTable table =
                    new TextTable("WHEN", "NODE", "CELL", "EPOCH", "TICK", "WHAT", "OTHER CELL", "ENTITY", "OWNERSHIP");
            for (JsonTree event : answer.get("events").items()) {
                table.add(
                        time(event.get("at_millis")),
                        event.get("node").text(),
                        event.get("cell").text(),
                        event.get("epoch").text(),
                        event.get("tick").text(),
                        event.get("what").text(),
                        event.get("other").text(),
                        event.get("entity").text(),
                        event.get("ownership").text());
            }
            String cut = answer.get("cut").isTrue() ? System.lineSeparator() + "there was more" : "";
            return table + cut + silent(answer);
        }
    }

    @Command(
            name = "trace",
            mixinStandardHelpOptions = true,
            description = {
                "Writes down what one character, session or entity does, on all nodes, for a limited time:",
                "inputs and what became of them, hand-offs, intents, snapshots. Kept in the audit."
            },
            synopsisSubcommandLabel = "COMMAND",
            footerHeading = "%nExamples:%n",
            footer = {
                "  terrane admin trace begin 12:4711 --seconds 30 --reason 'rubber-banding, ticket 17'",
                "  terrane admin trace list",
                "  terrane admin trace show 5f6d1c2b9a8e7d60",
                "  terrane admin trace stop 5f6d1c2b9a8e7d60 --reason 'seen enough'",
                "",
                CODES
            },
            subcommands = {TraceBegin.class, TraceList.class, TraceShow.class, TraceStop.class})
    static final class Trace implements Runnable {
        @Spec
        @SuppressWarnings("NullAway.Init") // picocli sets it before run
        private CommandSpec spec;

        @Override
        public void run() {
            spec.commandLine().usage(spec.commandLine().getOut());
        }
    }

    private static String line(JsonTree trace) {
        return "%s  %s%s%s by %s until %s%s"
                .formatted(
                        trace.get("id").text(),
                        named("character", trace),
                        named("session", trace),
                        named("entity", trace),
                        trace.get("author").text(),
                        AdminCall.time(trace.get("until_millis")),
                        trace.get("over").isTrue() ? ", over" : "");
    }

    private static String named(String what, JsonTree trace) {
        String value = trace.get(what).text();
        return value.isEmpty() ? "" : what + " " + value + " ";
    }

    @Command(
            name = "begin",
            mixinStandardHelpOptions = true,
            description = "Begins a trace and says its name.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  terrane admin trace begin 12:4711 --reason 'ticket 17'                 an entity",
                "  terrane admin trace begin s1x3kq9 --seconds 300 --reason 'ticket 17'   a session, as logs name it",
                "  terrane admin trace begin 3f0c1a52-8a6e-4b0e-9a51-0d6c0a6f7a11 --reason 'ticket 17'",
                "",
                CODES
            })
    static final class TraceBegin extends AdminOrders.Order {
        @Parameters(paramLabel = "WHOM", description = "A character's UUID, a session or an entity.")
        private String whom = "";

        @Option(
                names = "--seconds",
                paramLabel = "N",
                defaultValue = "60",
                description = "1 to 600 (default: ${DEFAULT-VALUE}).")
        private int seconds = 60;

        @Override
        public Integer call() {
            String kind = whom.matches(CHARACTER) ? "character" : whom.startsWith("s") ? "session" : "entity";
            Map<String, Object> wish = new LinkedHashMap<>(Map.of(kind, whom));
            wish.put("seconds", seconds);
            return order("/cluster/traces", wish, AdminLooks::line);
        }
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "Shows what is traced, and what was and can still be read.",
            footerHeading = "%nExamples:%n",
            footer = {"  terrane admin trace list", "", CODES})
    static final class TraceList extends AdminCall {
        @Override
        public Integer call() {
            return show(
                    calls -> calls.get("/cluster/traces"),
                    answer -> answer.get("traces").items().isEmpty()
                            ? "nothing is traced"
                            : answer.get("traces").items().stream()
                                    .map(AdminLooks::line)
                                    .collect(Collectors.joining(System.lineSeparator())));
        }
    }

    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = "Shows what was written down, from all nodes, oldest first.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  terrane admin trace show 5f6d1c2b9a8e7d60",
                "  terrane admin trace show 5f6d1c2b9a8e7d60 --json | jq '.lines[] | select(.what == \"refused\")'",
                "",
                CODES
            })
    static final class TraceShow extends AdminCall {
        @Parameters(paramLabel = "TRACE", description = "As begin or list says.")
        private String trace = "";

        @Override
        public Integer call() {
            return show(calls -> calls.get("/cluster/traces/" + AdminCalls.encoded(trace)), TraceShow::text);
        }

        private static String text(JsonTree answer) {
            TextTable table = new TextTable("WHEN", "NODE", "CELL", "WHAT", "");
            for (JsonTree each : answer.get("lines").items()) {
                table.add(
                        time(each.get("at_millis")),
                        each.get("node").text(),
                        each.get("cell").text(),
                        each.get("what").text(),
                        each.get("detail").text());
            }
            String cut = answer.get("cut").isTrue() ? System.lineSeparator() + "there was more" : "";
            return line(answer.get("trace")) + System.lineSeparator() + table + cut + silent(answer);
        }
    }

    @Command(
            name = "stop",
            mixinStandardHelpOptions = true,
            description = "Ends a trace; it can be read for ten more minutes.",
            footerHeading = "%nExamples:%n",
            footer = {"  terrane admin trace stop 5f6d1c2b9a8e7d60 --reason 'seen enough'", "", CODES})
    static final class TraceStop extends AdminOrders.Order {
        @Parameters(paramLabel = "TRACE", description = "As begin or list says.")
        private String trace = "";

        @Override
        public Integer call() {
            return order("/cluster/traces/" + AdminCalls.encoded(trace) + "/stop", Map.of(), AdminLooks::line);
        }
    }
}
