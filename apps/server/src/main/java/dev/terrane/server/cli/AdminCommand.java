package dev.terrane.server.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Administers a cluster. */
@Command(
        name = "admin",
        mixinStandardHelpOptions = true,
        description = {
            "Looks into a running cluster and tells it what to do, by REST of its coordinators (docs/COORDINATOR.md).",
            "On the machine of a local cluster: --data DIR. Elsewhere: --url, and a token in a file or TERRANE_ADMIN_TOKEN."
        },
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExamples:%n",
        footer = {
            "  terrane admin nodes",
            "  terrane admin epochs 'skirmish/0,1#0'           who had this cell, and why it went",
            "  terrane admin entity 12:4711                    where it lived, who wrote it",
            "  terrane admin queues --node s1                  what waits there",
            "  terrane admin trace begin 12:4711 --reason 'ticket 17'",
            "  terrane admin migrations --json",
            "  terrane admin drain s1 --reason 'new kernel'",
            "  terrane admin nodes --url http://c1:8080,http://c2:8080 --token-file ann.token",
            "",
            AdminCall.CODES
        },
        subcommands = {
            AdminViews.Nodes.class,
            AdminViews.Cells.class,
            AdminViews.Graph.class,
            AdminViews.Migrations.class,
            AdminViews.Epochs.class,
            AdminViews.Audit.class,
            AdminLooks.Queues.class,
            AdminLooks.Entity.class,
            AdminLooks.Trace.class,
            AdminOrders.Drain.class,
            AdminOrders.Move.class,
            AdminOrders.Pin.class,
            AdminOrders.Supremacy.class,
            AdminOrders.Token.class
        })
final class AdminCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before run
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
