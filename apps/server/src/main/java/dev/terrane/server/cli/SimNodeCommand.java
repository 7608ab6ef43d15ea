package dev.terrane.server.cli;

import dev.terrane.coordinator.NodeInfo.Role;
import picocli.CommandLine.Command;

/** A node of a cluster, see {@link NodeCommand}. */
@Command(
        name = "sim",
        mixinStandardHelpOptions = true,
        description =
                "Starts a sim: it simulates the cells that the coordinators give it. Without --coordinator, simulated worlds are run and checked instead: see terrane sim --help.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  terrane sim --id s1 --coordinator c1=10.0.0.1:7400:7401 --database-url jdbc:postgresql://db/terrane",
            "",
            "Exit codes: 0 ended as asked, 1 failed while running, 2 unusable configuration or machine."
        })
final class SimNodeCommand extends NodeCommand {
    SimNodeCommand() {
        super(Role.SIM);
    }
}
