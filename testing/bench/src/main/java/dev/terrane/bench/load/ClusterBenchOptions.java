package dev.terrane.bench.load;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
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
    int bots;

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
    int sims;

    @Option(
            names = "--hz",
            paramLabel = "N",
            defaultValue = "10",
            description = "Ticks and snapshots in a second (default: ${DEFAULT-VALUE}).")
    int hz;

    @Option(
            names = "--heap",
            paramLabel = "SIZE",
            defaultValue = "512m",
            description = "Heap of each node (default: ${DEFAULT-VALUE}).")
    String heap = "512m";

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "Another setting of all nodes (docs/CONFIG.md).")
    Map<String, String> settings = new LinkedHashMap<>();

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "Where the cluster's folder bench-cluster is made anew; its logs stay (default: testing/bench/target).")
    Path data = Path.of(System.getenv().getOrDefault("TERRANE_HOME", "."), "testing", "bench", "target");

    /** @throws IllegalStateException if there would be nobody to go on, or nobody to see it */
    void check() {
        if (sims < 2 || bots < 1 || hz < 1) {
            throw new IllegalStateException("at least 2 sims, 1 bot and 1 Hz are needed");
        }
    }

    void print(String bench, Map<String, Double> found, String remark) {
        JsonLine line = new JsonLine()
                .text("bench", bench)
                .number("bots", bots)
                .number("coordinators", coordinators)
                .number("sims", sims)
                .number("hz", hz);
        found.forEach(line::number);
        if (json) {
            System.out.println(line.end());
        } else {
            found.forEach((name, value) -> System.out.println(String.format(Locale.ROOT, "%-28s %,.1f", name, value)));
            System.out.println(remark);
        }
    }
}
