package dev.terrane.server.cli;

import dev.terrane.sdk.bots.BotFleet;
import dev.terrane.sdk.bots.BotOptions;
import dev.terrane.sdk.bots.Scenario;
import dev.terrane.server.cli.cluster.ClusterProgress;
import dev.terrane.server.cli.cluster.ClusterWish;
import dev.terrane.server.cli.cluster.LocalCluster;
import dev.terrane.server.cli.cluster.NodeFacts;
import dev.terrane.server.cli.cluster.WarmCache;
import dev.terrane.server.config.ConfigLoader;
import dev.terrane.server.logging.Logging;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Lets JVMs learn this build: a small cluster is played, and loses a sim, so that what happens then has been seen, too. */
@Command(
        name = "warm",
        mixinStandardHelpOptions = true,
        description = {
            "Plays a small cluster of its own for a while, kills one of its sims, and keeps what the JVM of each role has learned of this build: classes and profiles.",
            "Nodes that are started afterwards, by whatever command, start faster and take over sooner. Once per build, for example when an image is made; a minute or two."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  terrane cluster warm",
            "  terrane cluster warm --seconds 120",
            "",
            "Exit codes: 0 done, 1 something was not kept, 2 it could not be started."
        })
final class ClusterWarmCommand implements Callable<Integer> {
    private static final List<String> ROLES = List.of("coordinator", "sim", "gateway");
    /** It is killed, so that the last sim, which learns, takes over. */
    private static final String VICTIM = "s1";

    /** Of the time that is played, what comes before it. */
    private static final int PARTS = 3;

    private static final int SECONDS_MIN = 3;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "45",
            description = "How long bots play (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(
            names = "--players",
            paramLabel = "N",
            defaultValue = "20",
            description = "How many (default: ${DEFAULT-VALUE}).")
    private int players;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException, IOException {
        if (seconds < SECONDS_MIN || players < 1) {
            throw new ParameterException(
                    spec.commandLine(),
                    "%d players for %d seconds teach nothing: 1 or more for at least %d"
                            .formatted(players, seconds, SECONDS_MIN));
        }
        Logging.quiet();
        Path folder = warmFolder();
        Files.createDirectories(folder);
        WarmCache.forget(folder, ROLES);
        Path data = Files.createTempDirectory("terrane-warm");
        LocalCluster cluster =
                LocalCluster.of(wish(data), new Told(spec.commandLine().getOut()));
        Thread atExit = new Thread(() -> end(cluster, folder, data), "shutdown"); // Ctrl-C: what was kept before stays
        Runtime.getRuntime().addShutdownHook(atExit);
        boolean played = cluster.open() && play(cluster);
        cluster.close();
        return played && keep(folder) ? ExitCode.OK : ExitCode.FAILED; // and the hook tidies up
    }

    private static void end(LocalCluster cluster, Path folder, Path data) {
        cluster.close();
        try {
            WarmCache.forget(folder, ROLES);
            delete(data);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path warmFolder() {
        return WarmCache.folder(System.getProperty("java.class.path"))
                .orElseThrow(
                        () -> new UnusableException(
                                "this program runs from folders of classes, of which nothing can be kept; run ./terrane cluster warm"));
    }

    private static ClusterWish wish(Path data) {
        Map<String, String> none = Map.of();
        return new ClusterWish(
                data,
                new ClusterWish.Counts(1, 2, 0, 1),
                0,
                "512m",
                false,
                new ClusterWish.Settings(
                        null, none, ConfigLoader.load(null, none, none).config(), new ClusterWish.Build("", true)));
    }

    /** @return whether anybody has played */
    private boolean play(LocalCluster cluster) throws InterruptedException {
        say("%d bots play for %d s".formatted(players, seconds));
        URI door = URI.create(cluster.url().replaceFirst("^http", "ws") + "ws");
        BotFleet bots = new BotFleet(BotOptions.of(door, players, Duration.ofSeconds(seconds), Scenario.FIGHT));
        Thread.ofPlatform().daemon().name("killer").start(() -> killLater(cluster));
        int joined = bots.run(_ -> {}).clientsJoined();
        if (joined == 0) {
            say("nobody could join: nothing was learned");
        }
        return joined > 0;
    }

    private void killLater(LocalCluster cluster) {
        LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(seconds) / PARTS);
        say("SIGKILL to " + VICTIM);
        cluster.nodes().stream()
                .filter(node -> node.name().equals(VICTIM))
                .forEach(node -> node.process().signal("KILL"));
    }

    private boolean keep(Path folder) throws IOException {
        List<String> lacking = WarmCache.keep(folder, ROLES);
        for (String role : lacking) {
            say("the " + role + "'s JVM has written nothing: nothing is kept");
        }
        if (lacking.isEmpty()) {
            for (String role : ROLES) {
                Path cache = WarmCache.file(folder, role);
                say("%-11s %d MB in %s".formatted(role, Files.size(cache) >> 20, cache));
            }
            say("the warm caches are complete: nodes that start from now on use them");
        }
        return lacking.isEmpty();
    }

    private void say(String text) {
        spec.commandLine().getOut().println(text);
        spec.commandLine().getOut().flush();
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    private record Told(PrintWriter out) implements ClusterProgress {
        @Override
        public void step(String text) {
            out.println(text);
            out.flush();
        }

        @Override
        public void started(NodeFacts node) {
            step(node.name() + " is starting");
        }

        @Override
        public void ready(NodeFacts node, long afterMillis) {
            step("%s is ready after %.1f s".formatted(node.name(), afterMillis / 1_000.0));
        }

        @Override
        public void ended(NodeFacts node, int exitCode) {
            step("%s has ended with code %d".formatted(node.name(), exitCode));
        }
    }
}
