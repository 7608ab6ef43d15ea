package dev.terrane.server.cli;

import dev.terrane.coordinator.NodeInfo.Role;
import picocli.CommandLine.Command;

/** A node of a cluster, see {@link NodeCommand}. */
@Command(
        name = "gateway",
        mixinStandardHelpOptions = true,
        description = "Starts a gateway: players connect to it, and their avatars live on sims.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  terrane gateway --id g1 --port 8080 --coordinator c1=10.0.0.1:7400:7401 --database-url jdbc:postgresql://db/terrane",
            "",
            "Exit codes: 0 ended as asked, 1 failed while running, 2 unusable configuration or machine."
        })
final class GatewayCommand extends NodeCommand {
    GatewayCommand() {
        super(Role.GATEWAY);
    }
}
