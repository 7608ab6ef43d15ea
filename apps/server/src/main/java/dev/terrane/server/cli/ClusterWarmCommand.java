package dev.terrane.server.cli;

import dev.terrane.sdk.bots.BotFleet;
import dev.terrane.sdk.bots.BotOptions;
import dev.terrane.sdk.bots.BotReport;
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
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
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

    private static final int PARTS = 3;

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
        Logging.quiet();
        Path folder = warmFolder();
        Files.createDirectories(folder);
        Path data = Files.createTempDirectory("terrane-warm");
        LocalCluster cluster =
                LocalCluster.of(wish(data), new Told(spec.commandLine().getOut()));
        Thread atExit = new Thread(cluster::close, "shutdown");
        Runtime.getRuntime().addShutdownHook(atExit);
        try {
            if (cluster.open()) {
                play(cluster);
            }
        } finally {
            cluster.close();
            Runtime.getRuntime().removeShutdownHook(atExit);
            delete(data);
        }
        return tell(folder) ? ExitCode.OK : ExitCode.FAILED;
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

    private void play(LocalCluster cluster) throws InterruptedException {
        say("%d bots play for %d s".formatted(players, seconds));
        URI door = URI.create(cluster.url().replaceFirst("^http", "ws") + "ws");
        BotOptions options = BotOptions.of(door, players, Duration.ofSeconds(seconds), Scenario.FIGHT);
        CompletableFuture<BotReport> report = new CompletableFuture<>();
        Thread.ofPlatform().name("bots").start(() -> {
            try {
                report.complete(new BotFleet(options).run(_ -> {}));
            } catch (InterruptedException | RuntimeException e) {
                report.completeExceptionally(e);
            }
        });
        Thread.sleep(Duration.ofSeconds(seconds).dividedBy(PARTS));
        say("SIGKILL to " + VICTIM);
        cluster.nodes().stream()
                .filter(node -> node.name().equals(VICTIM))
                .forEach(node -> node.process().signal("KILL"));
        Thread.sleep(Duration.ofSeconds(seconds).dividedBy(PARTS));
        try {
            report.get();
        } catch (ExecutionException e) {
            throw new UnusableException("the bots could not play: " + e.getCause());
        }
    }

    private boolean tell(Path folder) throws IOException {
        boolean all = true;
        for (String role : ROLES) {
            Path cache = WarmCache.file(folder, role);
            boolean kept = Files.isRegularFile(cache) && Files.size(cache) > 0;
            say(kept ? "%-11s %d MB in %s".formatted(role, Files.size(cache) >> 20, cache) : role + " kept nothing");
            all &= kept;
        }
        if (all) {
            say("the warm caches are complete: nodes that start from now on use them");
        }
        return all;
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
