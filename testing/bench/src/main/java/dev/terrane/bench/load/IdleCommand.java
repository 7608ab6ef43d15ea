package dev.terrane.bench.load;

import picocli.CommandLine.Command;

/** {@code bench idle}. */
@Command(
        name = "idle",
        mixinStandardHelpOptions = true,
        description = {
            "N open sockets of which nobody says anything: memory and CPU time of a connection by itself.",
            "",
            "Example: terrane bench idle --clients 10000 --json",
            ""
        })
final class IdleCommand extends TrialOptions {
    IdleCommand() {
        super(Scenario.IDLE);
    }
}
