package dev.terrane.bench.load;

import dev.terrane.conditions.LinkConditions;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench netcode}. */
@Command(
        name = "netcode",
        mixinStandardHelpOptions = true,
        description = {
            "What a player at the end of a bad link sees: the real TypeScript client in Node.js or a browser, among bots, compared with an onlooker in the same process whose link is as it is.",
            "timeOffsetErrorMillis: its idea of the server's time against that. othersErrorMetres: where it draws others against where they were at that very server time. othersGuessedShare: of drawings"
                    + " whose moment no snapshot had told yet.",
            "",
            "Examples: terrane bench netcode --rtt 120 --jitter 20 --stall 300 --stalls 6",
            "          terrane bench netcode --rtt 200 --seconds 120 --json",
            "          terrane bench netcode --rtt 120 --chromium chromium --trace trace    pictures, too",
            ""
        })
final class NetcodeCommand implements Callable<Integer> {
    @Mixin
    private LaboratoryOptions laboratory = new LaboratoryOptions();

    @Option(names = "--rtt", paramLabel = "MS", defaultValue = "100", description = "Default: ${DEFAULT-VALUE}.")
    private int rtt;

    @Option(
            names = "--jitter",
            paramLabel = "MS",
            defaultValue = "20",
            description = "Each way, up to (default: ${DEFAULT-VALUE}).")
    private int jitter;

    @Option(
            names = "--stall",
            paramLabel = "MS",
            defaultValue = "0",
            description = "How long each way stands still at a time (default: ${DEFAULT-VALUE}).")
    private int stall;

    @Option(
            names = "--stalls",
            paramLabel = "N",
            defaultValue = "0",
            description = "How often each way does, a minute (default: ${DEFAULT-VALUE}).")
    private int stalls;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Of the link's luck (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--seconds", paramLabel = "N", defaultValue = "60", description = "Default: ${DEFAULT-VALUE}.")
    private int seconds;

    @Option(
            names = "--bots",
            paramLabel = "N",
            defaultValue = "8",
            description = "Others who play, beside the drones (default: ${DEFAULT-VALUE}).")
    private int bots;

    @Option(
            names = "--node",
            paramLabel = "PROGRAM",
            defaultValue = "node",
            description = "Node.js, 20 or newer (default: ${DEFAULT-VALUE}).")
    private String node = "node";

    @Option(
            names = "--chromium",
            paramLabel = "PROGRAM",
            description = "Plays in this browser instead, without a window: Chromium or Chrome.")
    private @Nullable String chromium;

    @Option(
            names = "--trace",
            paramLabel = "DIR",
            description =
                    "Leaves there what was corrected, and when, and which hits did not agree (trace.json); pictures of what a browser drew.")
    private @Nullable Path trace;

    @Override
    public Integer call() throws InterruptedException {
        if (seconds < 1 || bots < 1) {
            throw new IllegalStateException("at least 1 second and 1 bot are needed");
        }
        NetcodeTrial trial =
                new NetcodeTrial(conditions(), bots, seconds, new NetcodeTrial.Screen(node, chromium, trace));
        Map<String, Double> found;
        try (Laboratory open = laboratory.open()) {
            found = trial.run(open, laboratory.settings());
        }
        JsonLine line = new JsonLine()
                .text("bench", "netcode")
                .text("link", conditions().toString())
                .text("client", chromium == null ? "node" : "chromium")
                .number("bots", bots)
                .number("seconds", seconds);
        laboratory.print(line, found);
        return found.getOrDefault("othersCompared", 0.0) > 0 ? LoadCommand.OK : LoadCommand.DOUBTFUL;
    }

    private LinkConditions conditions() {
        try {
            return new LinkConditions(rtt, jitter, stall, stalls, 0, seed);
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }
}
