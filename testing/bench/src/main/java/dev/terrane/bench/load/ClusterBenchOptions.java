package dev.terrane.bench.load;

import dev.terrane.bench.load.cluster.ClusterSize;
import dev.terrane.bench.load.cluster.Measured;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import picocli.CommandLine.Option;

/** What the benches of a whole cluster have in common. */
final class ClusterBenchOptions {
    @Option(names = "--json", description = "One JSON object on standard output.")
    private boolean json;

    @Option(
            names = "--bots",
            paramLabel = "N",
            defaultValue = "20",
            description = "Players, who roam all over the world (default: ${DEFAULT-VALUE}).")
    private int bots;

    @Option(
            names = "--coordinators",
            paramLabel = "N",
            defaultValue = "3",
            description = "1 or 3 (default: ${DEFAULT-VALUE}).")
    int coordinators;

    @Option(
            names = "--sims",
            paramLabel = "N",
            defaultValue = "2",
            description = "At least 2 (default: ${DEFAULT-VALUE}).")
    private int sims;

    @Option(
            names = "--hz",
            paramLabel = "N",
            defaultValue = "10",
            description = "Ticks and snapshots in a second (default: ${DEFAULT-VALUE}).")
    private int hz;

    @Option(
            names = "--heap",
            paramLabel = "SIZE",
            defaultValue = "512m",
            description = "Heap of each node (default: ${DEFAULT-VALUE}).")
    private String heap = "512m";

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "Another setting of all nodes (docs/CONFIG.md).")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "Where the cluster's folder bench-cluster is made anew; its logs stay (default: testing/bench/target).")
    Path data = Path.of(System.getenv().getOrDefault("TERRANE_HOME", "."), "testing", "bench", "target");

    /**
     * What is wanted.
     *
     * @param entities of the whole world, about; 0: as usual
     * @throws IllegalStateException if there would be nobody to go on, or nobody to see it
     */
    ClusterSize size(int entities) {
        if (sims < 2 || bots < 1 || hz < 1) {
            throw new IllegalStateException("at least 2 sims, 1 bot and 1 Hz are needed");
        }
        return new ClusterSize(coordinators, sims, bots, hz, entities, heap, settings);
    }

    /** Says what happens meanwhile. */
    static Consumer<String> progress(String bench) {
        return line -> System.err.println(bench + ": " + line);
    }

    /** Says what was found. @return the exit code */
    int print(String bench, Measured measured, String remark) {
        JsonLine line = new JsonLine()
                .text("bench", bench)
                .number("bots", bots)
                .number("coordinators", coordinators)
                .number("sims", sims)
                .number("hz", hz);
        measured.values().forEach(line::number);
        if (json) {
            System.out.println(line.end());
        } else {
            measured.values()
                    .forEach((name, value) ->
                            System.out.println(String.format(Locale.ROOT, "%-28s %,.1f", name, value)));
            System.out.println(remark);
        }
        return measured.complete() ? LoadCommand.OK : LoadCommand.DOUBTFUL;
    }
}
