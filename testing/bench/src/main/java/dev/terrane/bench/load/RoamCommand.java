package dev.terrane.bench.load;

import picocli.CommandLine.Command;

/** {@code bench roam}. */
@Command(
        name = "roam",
        mixinStandardHelpOptions = true,
        description =
                "N players spread over four regions so that each sees about 50 others: 10 inputs a second each, 20 Hz simulation and snapshots.")
final class RoamCommand extends TrialOptions {
    RoamCommand() {
        super(Scenario.ROAM);
    }
}
