package dev.terrane.bench.load;

import dev.terrane.bench.load.cluster.HandoffTrial;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench handoff}. */
@Command(
        name = "handoff",
        mixinStandardHelpOptions = true,
        description = {
            "What players see when they cross a border between two sims, next to borders within one and to no border at all: a cluster of real processes on this machine, in which neighbouring cells are on"
                    + " different sims, and roaming bots. A gap is the time between two snapshots with news of the own avatar; undisturbed it is one tick.",
            "",
            "Examples: terrane bench handoff",
            "          terrane bench handoff --seconds 120 --bots 40 --json",
            ""
        })
final class HandoffCommand implements Callable<Integer> {
    private static final String REMARK =
            "Exit code 1: nobody crossed a border between sims, or a cell changed its sim meanwhile.";

    @Mixin
    private ClusterBenchOptions options = new ClusterBenchOptions();

    @Option(names = "--seconds", paramLabel = "N", defaultValue = "60", description = "Default: ${DEFAULT-VALUE}.")
    private int seconds;

    @Option(
            names = "--entities",
            paramLabel = "N",
            defaultValue = "1000",
            description = "In the whole world, about (default: ${DEFAULT-VALUE}).")
    private int entities;

    @Override
    public Integer call() throws InterruptedException {
        HandoffTrial.Size size = new HandoffTrial.Size(seconds, options.size(entities));
        return options.print(
                "handoff", new HandoffTrial(size, ClusterBenchOptions.progress("handoff")).run(options.data), REMARK);
    }
}
