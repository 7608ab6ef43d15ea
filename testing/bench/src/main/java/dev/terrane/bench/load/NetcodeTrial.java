package dev.terrane.bench.load;

import dev.terrane.bench.load.os.NodeScript;
import dev.terrane.conditions.LinkConditions;
import dev.terrane.sdk.bots.BotFleet;
import dev.terrane.sdk.bots.BotOptions;
import dev.terrane.sdk.bots.Scenario;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One player over a bad link among bots whose links are as they are, in a world that all see whole.
 *
 * <pre>
 *   server in development ◄── bad link ── player   ┐ compared, moment by moment, in one process or page:
 *                         ◄── as it is ── onlooker ┘ testing/bench/netcode/play.mjs
 *                         ◄── as it is ── bots
 * </pre>
 */
final class NetcodeTrial {
    /** The clock's first pings are over and the server is warm. */
    private static final int WARM_UP_SECONDS = 10;

    private static final int JOIN_SECONDS_MAX = 60;
    /** Bots play on until the script has said what it found. */
    private static final Duration BOTS_LONGER = Duration.ofMinutes(5);

    private final LinkConditions conditions;
    private final int bots;
    private final int seconds;
    private final Screen screen;

    /**
     * What the player plays on.
     *
     * @param node the program that plays, or serves and reads the browser
     * @param chromium the browser's program; null: none
     * @param trace folder for what was found out beside figures; null: it is not kept
     */
    record Screen(
            String node,
            @Nullable String chromium,
            @Nullable Path trace) {}

    NetcodeTrial(LinkConditions conditions, int bots, int seconds, Screen screen) {
        this.conditions = conditions;
        this.bots = bots;
        this.seconds = seconds;
        this.screen = screen;
    }

    /** What was found, by the names that the script gives it. */
    Map<String, Double> run(Laboratory laboratory, Map<String, String> otherSettings) throws InterruptedException {
        Map<String, String> settings = new LinkedHashMap<>(world());
        settings.putAll(otherSettings);
        laboratory.progress().say("netcode: starting a server");
        try (ServerProcess server = ServerProcess.start(laboratory, laboratory.jvm(), demo(), settings)) {
            Thread fleet = play(server.port());
            try {
                laboratory.progress().say("netcode: playing over " + conditions);
                return NodeScript.run(screen.node(), script(), arguments(server.port()));
            } finally {
                fleet.interrupt();
                fleet.join();
            }
        }
    }

    private List<String> arguments(int port) {
        List<String> arguments = new ArrayList<>(List.of(
                "127.0.0.1:" + port,
                conditions.toString(),
                Integer.toString(WARM_UP_SECONDS),
                Integer.toString(seconds),
                screen.trace() == null ? "-" : screen.trace().toAbsolutePath().toString()));
        if (screen.chromium() != null) {
            arguments.add(screen.chromium());
        }
        return arguments;
    }

    /** Everybody sees everybody in each snapshot: what is off is the link's doing, not that of distance. */
    private static Map<String, String> world() {
        return Map.of(
                "server.env",
                "dev",
                "world.partition",
                "hex;columns=1;rows=1;radius=256",
                "aoi.radius",
                "600",
                "aoi.rings",
                "1",
                "server.corsOrigins", // the browser's page is the script's
                "*");
    }

    private Thread play(int port) throws InterruptedException {
        URI url = URI.create("ws://127.0.0.1:" + port + "/ws?link=none");
        Duration duration = Duration.ofSeconds(WARM_UP_SECONDS + seconds).plus(BOTS_LONGER);
        BotFleet fleet = new BotFleet(BotOptions.of(url, bots, duration, Scenario.ROAM));
        CountDownLatch joined = new CountDownLatch(1);
        Thread thread = Thread.ofPlatform().daemon().name("netcode-bots").start(() -> {
            try {
                fleet.run(progress -> {
                    if (progress.joined() == bots) {
                        joined.countDown();
                    }
                });
            } catch (InterruptedException _) {
                // The script is done.
            }
        });
        if (!joined.await(JOIN_SECONDS_MAX, TimeUnit.SECONDS)) {
            thread.interrupt();
            throw new IllegalStateException(
                    "not all of %d bots were in the world after %d s".formatted(bots, JOIN_SECONDS_MAX));
        }
        return thread;
    }

    private static Path script() {
        return home().resolve(Path.of("testing", "bench", "netcode", "netcode.mjs"));
    }

    /** With what the game tells in development only: whom its server has judged to be hit. */
    private static Path demo() {
        return home().resolve(Path.of("games", "skirmish", "demo.yaml"));
    }

    private static Path home() {
        return Path.of(System.getenv().getOrDefault("TERRANE_HOME", "."));
    }
}
