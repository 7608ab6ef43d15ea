package dev.terrane.server.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A cluster of real processes on this machine. */
@Command(
        name = "cluster",
        mixinStandardHelpOptions = true,
        description = {
            "A cluster on this machine: real processes, started, watched, hurt and ended.",
            "On machines of your own, start the nodes by terrane coordinator, sim, service and gateway"
                    + " (docs/OPERATIONS.md)."
        },
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExamples:%n",
        footer = {
            "  terrane cluster up                    three coordinators, three sims, a service, two gateways",
            "  terrane cluster status --watch        in another terminal: who has which cells",
            "  terrane cluster kill s2               SIGKILL; play goes on",
            "  terrane cluster start s2",
            "  terrane cluster kill s1 --stop        SIGSTOP; later --cont",
            "  terrane cluster cut s1                with up --cables: its cable; later mend",
            "  terrane cluster drain s3 --reason maintenance",
            "  terrane cluster move CELL s1          a cell as status --cells shows it",
            "  terrane cluster upgrade               as another build: all nodes become that one, one after the other",
            "  terrane cluster warm                  once per build: nodes start faster and take over sooner",
            "  terrane cluster down",
            "",
            "Exit codes: 0 done, 1 it could not be done, 2 unusable options, no such node or no running cluster."
        },
        subcommands = {
            ClusterUpCommand.class,
            ClusterStatusCommand.class,
            ClusterNodeCommands.Kill.class,
            ClusterNodeCommands.Start.class,
            ClusterCableCommands.CutOff.class,
            ClusterCableCommands.Mend.class,
            ClusterNodeCommands.Drain.class,
            ClusterNodeCommands.Move.class,
            ClusterUpgradeCommand.class,
            ClusterWarmCommand.class,
            ClusterDownCommand.class
        })
final class ClusterCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before run
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
