package dev.terrane.server.cli;

import dev.terrane.server.cli.cluster.ClusterFacts;
import dev.terrane.server.cli.cluster.CoordinatorCalls;
import dev.terrane.server.cli.cluster.NodeFacts;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What can be done to one node or cell of a running local cluster. */
abstract class ClusterNodeCommands implements Callable<Integer> {
    @Mixin
    private ClusterOptions options = new ClusterOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call
    private CommandSpec spec;

    ClusterFacts cluster() {
        return ClusterFacts.running(options.folder());
    }

    /** Says what was done, or why not. @param refusal empty when it was done */
    int said(String done, String refusal) {
        if (refusal.isEmpty()) {
            spec.commandLine().getOut().println(done);
            return ExitCode.OK;
        }
        spec.commandLine().getErr().println("terrane: " + refusal);
        return ExitCode.FAILED;
    }

    String asked(ClusterFacts cluster, Function<CoordinatorCalls, String> order) {
        try (CoordinatorCalls calls =
                new CoordinatorCalls(cluster, options.config(cluster), System.getProperty("user.name", "operator"))) {
            return order.apply(calls);
        }
    }

    @Command(
            name = "kill",
            mixinStandardHelpOptions = true,
            description = "Kills a node (SIGKILL), stops it where it stands (SIGSTOP), or lets it go on.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  terrane cluster kill s2",
                "  terrane cluster kill s1 --stop        as if the machine hung",
                "  terrane cluster kill s1 --cont",
                "",
                "Exit codes: 0 done, 1 its process is gone already, 2 no such node or no running cluster."
            })
    static final class Kill extends ClusterNodeCommands {
        /** One of them at most. */
        static final class How {
            @Option(names = "--stop", description = "SIGSTOP: it stands still and says nothing.")
            private boolean stop;

            @Option(names = "--cont", description = "SIGCONT: it goes on after --stop.")
            private boolean cont;
        }

        @Parameters(paramLabel = "NODE", description = "As status says: c1, s2, g1, v1.")
        private String node = "";

        @ArgGroup
        private How how = new How();

        @Override
        public Integer call() {
            NodeFacts found = cluster().node(node);
            String signal = how.stop ? "STOP" : how.cont ? "CONT" : "KILL";
            boolean there = found.process().signal(signal);
            return said(
                    "SIG%s to %s, process %d"
                            .formatted(signal, node, found.process().pid()),
                    there ? "" : "the process of " + node + " is gone; start it again: terrane cluster start " + node);
        }
    }

    @Command(
            name = "start",
            mixinStandardHelpOptions = true,
            description = "Starts a node again whose process is gone, and waits until it is ready.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  terrane cluster start s2",
                "",
                "Exit codes: 0 it is ready, 1 it runs already or does not start, 2 no such node or no running cluster."
            })
    static final class Start extends ClusterNodeCommands {
        @Parameters(paramLabel = "NODE", description = "As status says: c1, s2, g1, v1.")
        private String node = "";

        @Override
        public Integer call() {
            ClusterFacts cluster = cluster();
            return said(
                    node + " is ready", cluster.askToStart(cluster.node(node).name()));
        }
    }

    @Command(
            name = "drain",
            mixinStandardHelpOptions = true,
            description = "Moves everything away from a node and gives it nothing new, or gives it something again.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  terrane cluster drain s3 --reason 'new kernel'",
                "  terrane cluster drain s3 --undo",
                "",
                "Exit codes: 0 ordered, 1 refused, 2 no such node, no running cluster or no coordinator that answers."
            })
    static final class Drain extends ClusterNodeCommands {
        @Parameters(paramLabel = "NODE", description = "As status says: s1, s2.")
        private String node = "";

        @Option(names = "--undo", description = "It may have cells again.")
        private boolean undo;

        @Option(
                names = "--reason",
                paramLabel = "TEXT",
                defaultValue = "by hand",
                description = "Kept in the coordinators' audit (default: ${DEFAULT-VALUE}).")
        private String reason = "";

        @Override
        public Integer call() {
            ClusterFacts cluster = cluster();
            String name = cluster.node(node).name();
            return said(
                    undo ? name + " may have cells again" : name + " is being drained",
                    asked(cluster, calls -> calls.drain(name, !undo, reason)));
        }
    }

    @Command(
            name = "move",
            mixinStandardHelpOptions = true,
            description = "Moves a cell to another sim while it is played.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  terrane cluster status --cells        what cells there are",
                "  terrane cluster move CELL s1 --reason 'nearer to its neighbours'",
                "",
                "Exit codes: 0 ordered, 1 refused, 2 no such node, no running cluster or no coordinator that answers."
            })
    static final class Move extends ClusterNodeCommands {
        @Parameters(index = "0", paramLabel = "CELL", description = "As status --cells says.")
        private String cell = "";

        @Parameters(index = "1", paramLabel = "NODE", description = "As status says: s1, s2.")
        private String node = "";

        @Option(
                names = "--reason",
                paramLabel = "TEXT",
                defaultValue = "by hand",
                description = "Kept in the coordinators' audit (default: ${DEFAULT-VALUE}).")
        private String reason = "";

        @Override
        public Integer call() {
            ClusterFacts cluster = cluster();
            String to = cluster.node(node).name();
            return said(cell + " moves to " + to, asked(cluster, calls -> calls.move(cell, to, reason)));
        }
    }
}
