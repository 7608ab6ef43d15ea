package dev.terrane.server.cli;

import dev.terrane.coordinator.NodeInfo.Role;
import picocli.CommandLine.Command;

/** A node of a cluster, see {@link NodeCommand}. */
@Command(
        name = "service",
        mixinStandardHelpOptions = true,
        description = "Starts a service node: it carries out durable commands (economy, inventory, trade, jobs).",
        footerHeading = "%nExamples:%n",
        footer = {
            "  terrane service --id v1 --coordinator c1=10.0.0.1:7400:7401 --database-url jdbc:postgresql://db/terrane",
            "",
            "Exit codes: 0 ended as asked, 1 failed while running, 2 unusable configuration or machine."
        })
final class ServiceCommand extends NodeCommand {
    ServiceCommand() {
        super(Role.SERVICE);
    }
}
