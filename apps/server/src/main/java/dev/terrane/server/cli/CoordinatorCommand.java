package dev.terrane.server.cli;

import dev.terrane.coordinator.NodeInfo.Role;
import picocli.CommandLine.Command;

/** A node of a cluster, see {@link NodeCommand}. */
@Command(
        name = "coordinator",
        mixinStandardHelpOptions = true,
        description =
                "Starts a coordinator: one of three that keep in common who owns which cell. Needs a folder of its own (--data), and no database.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  terrane coordinator --id c1 --data c1 --peers c1=10.0.0.1:7400:7401,c2=10.0.0.2:7400:7401,c3=10.0.0.3:7400:7401",
            "",
            "Exit codes: 0 ended as asked, 1 failed while running, 2 unusable configuration or machine."
        })
final class CoordinatorCommand extends NodeCommand {
    CoordinatorCommand() {
        super(Role.COORDINATOR);
    }
}
