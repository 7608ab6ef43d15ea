package dev.terrane.bench.load;

import dev.terrane.bench.load.cluster.ScaleTrial;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench scale}. */
@Command(
        name = "scale",
        mixinStandardHelpOptions = true,
        description = {
            "What an entity costs when one world is on one, two, three sims, without copies of cells and with them: processor time of all sims and bytes between nodes, per entity and second. Near flat is good."
                    + " All of it on this machine: sims that have to wait for a core do not cost more, but are late.",
            "",
            "Examples: terrane bench scale",
            "          terrane bench scale --sims 2 --entities 2000 --seconds 20 --json",
            "          terrane bench scale --sims 3 --entities 20000 --fewer 4000",
            ""
        })
final class ScaleCommand implements Callable<Integer> {
    private static final String REMARK = "--sims is the most of them; the first line has one sim.";

    @Mixin
    private ClusterBenchOptions options = new ClusterBenchOptions();

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "30",
            description = "Measured, of each (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(
            names = "--warm-up",
            paramLabel = "N",
            defaultValue = "30",
            description = "Seconds before (default: ${DEFAULT-VALUE}).")
    private int warmUp;

    @Option(
            names = "--entities",
            paramLabel = "N",
            defaultValue = "5000",
            description = "In the whole world, about (default: ${DEFAULT-VALUE}).")
    private int entities;

    @Option(
            names = "--fewer",
            paramLabel = "N",
            defaultValue = "0",
            description =
                    "Measure each with so many entities, too, and tell what a further one costs and what is left when there is none; takes twice as long (default: 0, do not).")
    private int fewer;

    @Override
    public Integer call() throws InterruptedException {
        if (fewer < 0 || fewer >= entities) {
            throw new IllegalStateException("--fewer " + fewer + " is not fewer than --entities " + entities);
        }
        ScaleTrial.Size size = new ScaleTrial.Size(seconds, warmUp, fewer, options.size(entities));
        return options.print(
                "scale", new ScaleTrial(size, ClusterBenchOptions.progress("scale")).run(options.data), REMARK);
    }
}
