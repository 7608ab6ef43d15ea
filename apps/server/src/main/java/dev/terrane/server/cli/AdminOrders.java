package dev.terrane.server.cli;

import dev.terrane.json.JsonTree;
import dev.terrane.server.cli.cluster.AdminCalls;
import dev.terrane.server.cli.cluster.CoordinatorCalls;
import dev.terrane.server.config.TerraneConfig;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What administrators may want of a cluster. All of it is kept in the audit, with their name and the reason. */
final class AdminOrders {
    private static final String CODES = AdminCall.CODES;

    private AdminOrders() {}

    /** A wish with its reason. */
    abstract static class Order extends AdminCall {
        @Option(
                names = "--reason",
                paramLabel = "TEXT",
                required = true,
                description = "Why, for the audit: 1 to 200 characters.")
        private String reason = "";

        /** @param wishes besides the reason */
        int order(String path, Map<String, Object> wishes, String done) {
            return order(
                    path,
                    wishes,
                    answer -> "%s; entry %s of the log"
                            .formatted(done, answer.get("index").text()));
        }

        /** @param done says the answer */
        int order(String path, Map<String, Object> wishes, Function<JsonTree, String> done) {
            Map<String, Object> body = new LinkedHashMap<>(wishes);
            body.put("reason", reason);
            return show(calls -> calls.post(path, body), done);
        }
    }

    @Command(
            name = "drain",
            mixinStandardHelpOptions = true,
            description = "Empties a node, so that it can be stopped, or lets it take cells again.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  terrane admin drain s1 --reason 'new kernel'",
                "  terrane admin drain s1 --undo --reason 'kernel is in'",
                "",
                CODES
            })
    static final class Drain extends Order {
        @Parameters(paramLabel = "NODE", description = "As nodes says.")
        private String node = "";

        @Option(names = "--undo", description = "It may have cells again.")
        private boolean undo;

        @Override
        public Integer call() {
            return order(
                    "/cluster/nodes/" + AdminCalls.encoded(node) + "/drain",
                    Map.of("draining", !undo),
                    undo ? node + " may have cells again" : node + " is being drained");
        }
    }

    @Command(
            name = "move",
            mixinStandardHelpOptions = true,
            description = "Moves a cell to another sim while it is played, once.",
            footerHeading = "%nExamples:%n",
            footer = {"  terrane admin move 'skirmish/0,1#0' s2 --reason 'nearer to its neighbours'", "", CODES})
    static final class Move extends Order {
        @Parameters(index = "0", paramLabel = "CELL", description = "As cells says.")
        private String cell = "";

        @Parameters(index = "1", paramLabel = "NODE", description = "As nodes says.")
        private String node = "";

        @Override
        public Integer call() {
            return order("/cluster/cells/move", Map.of("cell", cell, "to", node), cell + " moves to " + node);
        }
    }

    @Command(
            name = "pin",
            mixinStandardHelpOptions = true,
            description = "Keeps a cell on a node, above every plan, until that is taken back.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  terrane admin pin 'skirmish/0,1#0' s2 --reason 'the big machine'",
                "  terrane admin pin 'skirmish/0,1#0' --off --reason 'the event is over'",
                "",
                CODES
            })
    static final class Pin extends Order {
        @Parameters(index = "0", paramLabel = "CELL", description = "As cells says.")
        private String cell = "";

        @Parameters(index = "1", arity = "0..1", paramLabel = "NODE", description = "As nodes says.")
        private String node = "";

        @Option(names = "--off", description = "It may go where the plan wants it.")
        private boolean off;

        @Override
        public Integer call() {
            if (off != node.isEmpty()) {
                throw new UnusableException("name the node to pin " + cell + " to, or say --off");
            }
            return order(
                    "/cluster/pins",
                    off ? Map.of("cell", cell) : Map.of("cell", cell, "node", node),
                    off ? cell + " is pinned no more" : cell + " is pinned to " + node);
        }
    }

    @Command(
            name = "override",
            mixinStandardHelpOptions = true,
            description =
                    "Sets a word that stands above every plan, or takes it back: placement frozen moves nothing but pinned cells.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  terrane admin override placement frozen --reason 'no moves during the final'",
                "  terrane admin override placement --off --reason 'the final is over'",
                "",
                CODES
            })
    static final class Supremacy extends Order {
        @Parameters(index = "0", paramLabel = "NAME", description = "placement.")
        private String name = "";

        @Parameters(index = "1", arity = "0..1", paramLabel = "VALUE", description = "frozen.")
        private String value = "";

        @Option(names = "--off", description = "Takes it back.")
        private boolean off;

        @Override
        public Integer call() {
            if (off != value.isEmpty()) {
                throw new UnusableException("say what " + name + " is to be, or --off");
            }
            return order(
                    "/cluster/overrides",
                    Map.of("name", name, "value", value),
                    off ? name + " is as planned again" : name + " is " + value);
        }
    }

    @Command(
            name = "token",
            mixinStandardHelpOptions = true,
            description = {
                "Signs an administrator's token, or one for who may only look, with the servers' own secret (auth.jwt.secret) and prints it.",
                "Who has that secret may do anything anyway: run it where the servers run, and give away the token."
            },
            footerHeading = "%nExamples:%n",
            footer = {
                "  terrane admin token --name ann --config /etc/terrane.yaml > ann.token && chmod 600 ann.token",
                "  TERRANE_ADMIN_TOKEN=$(cat ann.token) terrane admin nodes --url http://c1:8080",
                "",
                "Exit codes: 0 printed, 2 unusable options or configuration."
            })
    static final class Token implements Callable<Integer> {
        private static final int HOURS_MAX = 30 * 24;

        @Mixin
        private ConfigOptions options = new ConfigOptions();

        @Option(
                names = "--name",
                paramLabel = "NAME",
                required = true,
                description = "Whose it is, for the audit: 1 to 100 visible characters.")
        private String name = "";

        @Option(
                names = "--hours",
                paramLabel = "N",
                defaultValue = "12",
                description = "How long it is good, 1 to 720 (default: ${DEFAULT-VALUE}).")
        private int hours = 12;

        @Option(names = "--viewer", description = "It lets him look, but change nothing and follow no player.")
        private boolean viewer;

        @Spec
        @SuppressWarnings("NullAway.Init") // picocli sets it before call
        private CommandSpec spec;

        @Override
        public Integer call() {
            if (!name.matches("[\\x21-\\x7e]{1,100}") || hours < 1 || hours > HOURS_MAX) {
                throw new UnusableException(
                        "--name has 1 to 100 visible ASCII characters, --hours is 1 to " + HOURS_MAX);
            }
            TerraneConfig config = options.load().config();
            PrintWriter out = spec.commandLine().getOut();
            Duration valid = Duration.ofHours(hours);
            out.println(
                    viewer
                            ? CoordinatorCalls.viewerToken(config, name, valid)
                            : CoordinatorCalls.token(config, name, valid));
            out.flush();
            return ExitCode.OK;
        }
    }
}
