package dev.terrane.bench.load;

import picocli.CommandLine.Command;

/** {@code bench border}. */
@Command(
        name = "border",
        mixinStandardHelpOptions = true,
        description = {
            "A thousand entities cross borders each second, and N players watch.",
            "handoffLatencyTicks: in how many ticks nobody simulated an entity, between the old cell and the new one.",
            "",
            "Example: terrane bench border --clients 100 --json",
            ""
        })
final class BorderCommand extends TrialOptions {
    BorderCommand() {
        super(Scenario.BORDER);
    }
}
