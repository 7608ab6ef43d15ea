package dev.terrane.server.cli;

import dev.terrane.server.cli.cluster.ClusterFacts;
import dev.terrane.server.cli.cluster.ClusterUnusableException;
import dev.terrane.server.cli.cluster.ClusterWish;
import dev.terrane.server.cli.cluster.LocalCluster;
import dev.terrane.server.logging.Logging;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Starts a local cluster and keeps it until it is interrupted. */
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        description =
                "Starts a cluster and prints the address to open. Ctrl-C, or terrane cluster down, stores everything and ends it.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  terrane cluster up",
            "  terrane cluster up --sims 3 --gateways 2 --coordinators 3 --services 1",
            "  terrane cluster up --port 9000 --data /srv/terrane --config world.yaml",
            "  terrane cluster up --json             a JSON object a line, for scripts",
            "",
            "Each node has its folder in DIR/nodes and its log in DIR/logs; DIR/cluster.json says what runs where.",
            "",
            "Exit codes: 0 ended as asked, 1 failed while running, 2 it could not be started."
        })
final class ClusterUpCommand implements Callable<Integer> {
    @Mixin
    private ClusterOptions options = new ClusterOptions();

    @Option(names = "--coordinators", paramLabel = "N", defaultValue = "3", description = "1 or ${DEFAULT-VALUE}.")
    private int coordinators;

    @Option(names = "--sims", paramLabel = "N", defaultValue = "3", description = "Default: ${DEFAULT-VALUE}.")
    private int sims;

    @Option(names = "--services", paramLabel = "N", defaultValue = "1", description = "Default: ${DEFAULT-VALUE}.")
    private int services;

    @Option(names = "--gateways", paramLabel = "N", defaultValue = "2", description = "Default: ${DEFAULT-VALUE}.")
    private int gateways;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "8080",
            description =
                    "Port of the first gateway, the others follow; 0 takes free ones (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(
            names = "--heap",
            paramLabel = "SIZE",
            defaultValue = "512m",
            description = "Heap of each node (default: ${DEFAULT-VALUE}).")
    private String heap = "512m";

    @Option(
            names = "--cables",
            description = "Every sim in a network namespace of its own, behind a cable that terrane cluster cut cuts."
                    + " Linux, as root.")
    private boolean cables;

    @Option(names = "--world", paramLabel = "NAME", description = "Name of the world (world.name).")
    private @Nullable String world;

    @Option(
            names = "--database-url",
            paramLabel = "URL",
            description = "An existing PostgreSQL instead of one of its own (database.url).")
    private @Nullable String databaseUrl;

    @Option(
            names = "--log",
            paramLabel = "FORMAT",
            description = "Of the nodes' logs: pretty for people, json for machines (log.format).")
    private @Nullable String log;

    @Option(names = "--json", description = "What happens as a JSON object a line.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        ClusterUpText text = new ClusterUpText(spec.commandLine().getOut(), json);
        AtomicBoolean failed = new AtomicBoolean();
        LocalCluster cluster = LocalCluster.of(wish(), text);
        CountDownLatch closed = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            cluster.close();
                            closed.countDown();
                            text.down();
                            Runtime.getRuntime().halt(failed.get() ? ExitCode.UNUSABLE : ExitCode.OK);
                        },
                        "shutdown"));
        try {
            if (cluster.open()) {
                text.up(cluster, ClusterFacts.in(options.folder()));
            }
        } catch (ClusterUnusableException e) {
            failed.set(true);
            text.failed(String.valueOf(e.getMessage()));
            return ExitCode.UNUSABLE;
        }
        closed.await();
        return ExitCode.OK;
    }

    private ClusterWish wish() {
        Logging.start("pretty", "warn");
        Map<String, String> flags = new LinkedHashMap<>();
        put(flags, "world.name", world);
        put(flags, "database.url", databaseUrl);
        put(flags, "log.format", log);
        return new ClusterWish(
                options.folder(),
                new ClusterWish.Counts(coordinators, sims, services, gateways),
                port,
                heap,
                cables,
                options.settings(flags));
    }

    private static void put(Map<String, String> flags, String key, @Nullable String value) {
        if (value != null) {
            flags.put(key, value);
        }
    }
}
