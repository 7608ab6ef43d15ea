package dev.terrane.bench.load;

import picocli.CommandLine.Command;

/** {@code bench crowd}. */
@Command(
        name = "crowd",
        mixinStandardHelpOptions = true,
        description =
                "N players in one spot, all see all: 10 inputs a second each, 20 Hz simulation and snapshots, no entity budget, no time dilation.")
final class CrowdCommand extends TrialOptions {
    CrowdCommand() {
        super(Scenario.CROWD);
    }
}
