package dev.terrane.bench.load;

import dev.terrane.bench.load.os.UnusableMachineException;
import dev.terrane.postgres.DatabaseStartException;
import dev.terrane.server.cli.cluster.ClusterUnusableException;
import dev.terrane.server.logging.Logging;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code terrane bench}, as far as it is not JMH. */
@Command(
        name = "terrane bench",
        mixinStandardHelpOptions = true,
        description =
                "Measures the server under load. Any other first word is given to JMH: 'terrane bench EcsIterate', 'terrane bench -h'.",
        synopsisSubcommandLabel = "SCENARIO",
        footerHeading = "%nExamples:%n",
        footer = {
            "  terrane bench crowd --json                    how many in one spot, until one core no longer holds them",
            "  terrane bench roam --clients 3500 --rounds 3  one point, with the floor in between",
            "  terrane bench roam --clients 1000 --no-floor --profile roam.jfr",
            "  terrane bench border                          a thousand hand-offs a second",
            "  terrane bench layers                          one crowded region, whole and split",
            "  terrane bench idle                            ten thousand sockets at rest",
            "  terrane bench transfers --json                money over the whole lane, with fsync",
            "  terrane bench recovery --json                 pauses by checkpoints, and restarts",
            "  terrane bench failover --json                 a cluster whose sims are killed, as players see it",
            "  terrane bench migration --json                cells that move from sim to sim, as players see it",
            "  terrane bench handoff --json                  players who cross borders between sims",
            "  terrane bench scale --json                    one world on one, two and three sims",
            "  terrane bench netcode --rtt 120 --jitter 20   what a player at the end of a bad link sees",
            "",
            "Exit codes: 0 measured, 1 measured, but not everything counts, 2 unusable options or machine."
        },
        subcommands = {
            CrowdCommand.class,
            RoamCommand.class,
            BorderCommand.class,
            IdleCommand.class,
            LayersCommand.class,
            FloorCommand.class,
            TransfersCommand.class,
            RecoveryCommand.class,
            FailoverCommand.class,
            MigrationCommand.class,
            HandoffCommand.class,
            ScaleCommand.class,
            NetcodeCommand.class,
            ApplyCommand.class
        })
public final class LoadCommand implements Runnable {
    static final int OK = 0;
    static final int DOUBTFUL = 1;
    static final int UNUSABLE = 2;

    @Spec
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // picocli sets it before run
    LoadCommand() {}

    /** Whether the first word is for us. */
    public static boolean knows(String word) {
        return word.equals("--help")
                || new CommandLine(new LoadCommand()).getSubcommands().containsKey(word);
    }

    /** The exit code. */
    public static int execute(String... arguments) {
        Logging.quiet();
        return new CommandLine(new LoadCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((failure, line, _) -> {
                    if (failure instanceof UnusableMachineException
                            || failure instanceof DatabaseStartException
                            || failure instanceof ClusterUnusableException
                            || failure instanceof IllegalStateException) {
                        line.getErr().println("terrane bench: " + failure.getMessage());
                        return UNUSABLE;
                    }
                    throw failure;
                })
                .execute(arguments);
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /** {@link #OK} if everything may be quoted. */
    static int codeOf(List<Point> points) {
        return points.stream().allMatch(Point::counts) ? OK : DOUBTFUL;
    }
}
