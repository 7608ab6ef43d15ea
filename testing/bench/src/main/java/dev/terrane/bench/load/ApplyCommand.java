package dev.terrane.bench.load;

import dev.terrane.bench.load.os.NodeScript;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench apply}. */
@Command(
        name = "apply",
        mixinStandardHelpOptions = true,
        description = {
            "What snapshots cost a client: what a real server tells of some 500 drones that fight is recorded, and played to new clients in Node.js and in a browser.",
            "applyMillis: to decode one and to have applied it. allocatedBytes: by how much the heap grew meanwhile.",
            "",
            "Examples: terrane bench apply",
            "          terrane bench apply --chromium chromium --json",
            ""
        })
final class ApplyCommand implements Callable<Integer> {
    /** Everybody sees everything in each snapshot. */
    private static final Map<String, String> WORLD = Map.of(
            "world.partition", "hex;columns=1;rows=1;radius=256",
            "aoi.radius", "600",
            "aoi.rings", "1");

    @Mixin
    private LaboratoryOptions laboratory = new LaboratoryOptions();

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "20",
            description = "That are recorded (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(
            names = "--node",
            paramLabel = "PROGRAM",
            defaultValue = "node",
            description = "Node.js, 20 or newer (default: ${DEFAULT-VALUE}).")
    private String node = "node";

    @Option(
            names = "--chromium",
            paramLabel = "PROGRAM",
            description = "In this browser as well, without a window: Chromium or Chrome.")
    private @Nullable String chromium;

    @Override
    public Integer call() throws InterruptedException {
        if (seconds < 5) {
            throw new IllegalStateException("at least 5 seconds are needed: the first two are not counted");
        }
        Map<String, Double> found;
        try (Laboratory open = laboratory.open()) {
            found = run(open);
        }
        JsonLine line = new JsonLine().text("bench", "apply").number("seconds", seconds);
        laboratory.print(line, found);
        return found.getOrDefault("nodeSnapshots", 0.0) > 0 ? LoadCommand.OK : LoadCommand.DOUBTFUL;
    }

    private Map<String, Double> run(Laboratory open) throws InterruptedException {
        Map<String, String> settings = new LinkedHashMap<>(WORLD);
        settings.putAll(laboratory.settings());
        open.progress().say("apply: starting a server");
        try (ServerProcess server = ServerProcess.start(open, open.jvm(), folder().resolve("dense.yaml"), settings)) {
            open.progress().say("apply: recording " + seconds + " s, then playing them");
            List<String> arguments = new ArrayList<>(List.of("127.0.0.1:" + server.port(), Integer.toString(seconds)));
            if (chromium != null) {
                arguments.add(chromium);
            }
            return NodeScript.run(node, folder().resolve("apply.mjs"), arguments);
        }
    }

    private static Path folder() {
        return Path.of(System.getenv().getOrDefault("TERRANE_HOME", "."), "testing", "bench", "netcode");
    }
}
