package dev.terrane.bench.load;

import dev.terrane.bench.load.cluster.MigrationTrial;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench migration}. */
@Command(
        name = "migration",
        mixinStandardHelpOptions = true,
        description = {
            "What players see when the cell they are in moves to another sim: a cluster of real processes on this machine, roaming bots, one move after the other, each of the cell with most players."
                    + " Pauses are those of players in the moved cell; what the longest time without news is longer than a tick. The others' are told as bystanders'.",
            "",
            "Examples: terrane bench migration",
            "          terrane bench migration --moves 40 --entities 5000 --json",
            ""
        })
final class MigrationCommand implements Callable<Integer> {
    private static final String REMARK =
            "inputsLost: acknowledged without a tick of their own, or taken back. Exit code 1: some move or pause had no end while we looked.";

    @Mixin
    private ClusterBenchOptions options = new ClusterBenchOptions();

    @Option(names = "--moves", paramLabel = "N", defaultValue = "20", description = "Default: ${DEFAULT-VALUE}.")
    private int moves;

    @Option(
            names = "--entities",
            paramLabel = "N",
            defaultValue = "5000",
            description = "In the whole world, about (default: ${DEFAULT-VALUE}).")
    private int entities;

    @Override
    public Integer call() throws InterruptedException {
        MigrationTrial.Size size = new MigrationTrial.Size(moves, options.size(entities));
        return options.print(
                "migration",
                new MigrationTrial(size, ClusterBenchOptions.progress("migration")).run(options.data),
                REMARK);
    }
}
