package dev.terrane.server.cli;

import dev.terrane.json.JsonTree;
import dev.terrane.server.cli.cluster.ClusterFacts;
import dev.terrane.server.cli.cluster.ClusterView;
import dev.terrane.server.cli.cluster.CoordinatorCalls;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows a local cluster. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = "Shows the cluster's nodes and who has which cells.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  terrane cluster status",
            "  terrane cluster status --watch        again every second, until Ctrl-C",
            "  terrane cluster status --cells        each cell with owner, standby and epoch",
            "  terrane cluster status --json         for scripts; with --watch one object a line",
            "",
            "Exit codes: 0 all nodes run and a coordinator answers, 1 not so, 2 no cluster runs there."
        })
final class ClusterStatusCommand implements Callable<Integer> {
    private static final long WATCH_MILLIS = 1_000;
    private static final String FROM_THE_TOP = "\u001b[H\u001b[2J";

    @Mixin
    private ClusterOptions options = new ClusterOptions();

    @Option(names = "--watch", description = "Again every second.")
    private boolean watch;

    @Option(names = "--cells", description = "With each cell.")
    private boolean cells;

    @Option(names = "--json", description = "One JSON object instead of text.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        int code;
        do {
            ClusterFacts facts = ClusterFacts.running(options.folder());
            ClusterView view;
            try (CoordinatorCalls calls =
                    new CoordinatorCalls(facts, options.config(facts), System.getProperty("user.name", "operator"))) {
                view = ClusterView.of(facts, calls);
            }
            show(view);
            code = view.whole() ? ExitCode.OK : ExitCode.FAILED;
            if (watch) {
                Thread.sleep(WATCH_MILLIS);
            }
        } while (watch);
        return code;
    }

    private void show(ClusterView view) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(JsonTree.write(view.toJson()));
        } else {
            boolean terminal = System.console() != null && System.console().isTerminal();
            out.println((watch && terminal ? FROM_THE_TOP : "") + ClusterStatusText.of(view, cells));
        }
        out.flush();
    }
}
