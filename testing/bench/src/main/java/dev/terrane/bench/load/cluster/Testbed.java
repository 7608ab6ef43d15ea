package dev.terrane.bench.load.cluster;

import dev.terrane.coordinator.NodeInfo.Role;
import dev.terrane.json.JsonTree;
import dev.terrane.jwt.JwtIssuer;
import dev.terrane.jwt.JwtSecret;
import dev.terrane.jwt.JwtSettings;
import dev.terrane.postgres.LocalPostgres;
import dev.terrane.server.cli.cluster.ClusterFacts;
import dev.terrane.server.cli.cluster.ClusterProgress;
import dev.terrane.server.cli.cluster.ClusterWish;
import dev.terrane.server.cli.cluster.CoordinatorCalls;
import dev.terrane.server.cli.cluster.LocalCluster;
import dev.terrane.server.cli.cluster.NodeFacts;
import dev.terrane.server.cli.cluster.ProcessFacts;
import dev.terrane.server.config.ConfigLoader;
import dev.terrane.server.config.TerraneConfig;
import dev.terrane.space.Partition;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A cluster of real processes that is ours to hurt, and what it says of itself. One thread. All processes end with it, and with this one. */
final class Testbed implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    /** Longer than any bench. */
    private static final Duration TOKENS_VALID = Duration.ofHours(12);

    private static final String AUTHOR = "bench";
    /** The server's own build, as its users run it, and not ours, which has more. */
    private static final String NODES = System.getProperty("terrane.nodes", "");

    /** Skirmish takes so many asteroids. */
    private static final int PER_REGION_MAX = 5_000;

    private final Path folder;
    private final LocalCluster cluster;
    private String coordinatorsTrouble = "";
    private final TerraneConfig config;
    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(PATIENCE)
            .version(HttpClient.Version.HTTP_1_1)
            .build();

    /** Guards end the nodes whatever happens to us, but only closing ends them in their order, and waits for the database. */
    private final Thread atExit;

    private Testbed(Path folder, LocalCluster cluster, TerraneConfig config) {
        this.folder = folder;
        this.cluster = cluster;
        this.config = config;
        this.atExit = new Thread(cluster::close, "stop-cluster");
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /**
     * Starts it, and waits until its nodes are ready.
     *
     * @param cables whether sims have some that can be cut
     * @param parent a folder of ours in it is emptied first
     */
    static Testbed open(ClusterSize size, boolean cables, Path parent, Consumer<String> progress)
            throws InterruptedException {
        Path folder = parent.toAbsolutePath().normalize().resolve("bench-cluster");
        empty(folder);
        Map<String, String> set = new LinkedHashMap<>();
        set.put("simulation.simulationHz", Integer.toString(size.hz()));
        set.put("simulation.networkSnapshotHz", Integer.toString(size.hz()));
        set.put("recorder.enabled", "false");
        set.put("worldLimits.split.enabled", "false"); // a layer that comes and goes is no cell that is lost
        set.putAll(size.set());
        // Without our environment: it may name a database that is not ours.
        Path file = size.entities() == 0 ? null : populated(folder, size.entities(), set);
        TerraneConfig config = ConfigLoader.load(file, Map.of(), set).config();
        ClusterWish wish = new ClusterWish(
                folder,
                new ClusterWish.Counts(size.coordinators(), size.sims(), 0, 1),
                0,
                size.heap(),
                cables,
                new ClusterWish.Settings(file, set, config, new ClusterWish.Build(NODES, false)));
        LocalCluster cluster = LocalCluster.of(wish, new Told(progress));
        Testbed bed = new Testbed(folder, cluster, config);
        try {
            if (!cluster.open()) {
                throw new IllegalStateException("ended before the cluster was up");
            }
            return bed;
        } catch (RuntimeException | InterruptedException e) {
            bed.close();
            throw e;
        }
    }

    /** A configuration file with so many asteroids and drones, one of these for four of those. */
    private static Path populated(Path folder, int entities, Map<String, String> set) {
        String partition =
                ConfigLoader.load(null, Map.of(), set).config().world().partition();
        int regions = Partition.parse(partition).regions().size();
        int perRegion = entities / regions;
        if (perRegion > PER_REGION_MAX) {
            throw new IllegalStateException(
                    "%,d entities are more than %,d in each of %d regions; wish for more of these by --set world.partition=…"
                            .formatted(entities, PER_REGION_MAX, regions));
        }
        try {
            Files.createDirectories(folder);
            return Files.writeString(
                    folder.resolve("populated.yaml"), """
                    modules:
                      - name: skirmish
                        entry: dev.terrane.games.skirmish.Skirmish
                        options: { dronesPerRegion: %d, asteroidsPerRegion: %d }
                    """.formatted(perRegion / 5, perRegion - perRegion / 5));
        } catch (IOException e) {
            throw new IllegalStateException("the configuration cannot be written in " + folder + ": " + e, e);
        }
    }

    private static void empty(Path folder) {
        if (Files.notExists(folder)) {
            return;
        }
        if (ClusterFacts.find(folder).filter(ClusterFacts::runs).isPresent()) {
            throw new IllegalStateException("another bench uses " + folder + "; choose another --data");
        }
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new IllegalStateException(folder + " cannot be emptied: " + e, e);
        }
    }

    /** Signs players' tokens as the nodes do. */
    JwtIssuer tokens() {
        TerraneConfig.Jwt jwt = config.auth().jwt();
        return new JwtIssuer(
                new JwtSettings(JwtSecret.of(jwt.secret().reveal()), jwt.issuer(), TOKENS_VALID, Duration.ZERO));
    }

    /** Opens the books of the cluster's world. */
    Books books() {
        return new Books(
                LocalPostgres.running(folder)
                        .orElseThrow(() -> new IllegalStateException("the database of " + folder + " does not run")),
                config.world().name(),
                config.commands().partitions());
    }

    /** Where players' sockets go. */
    URI socketUrl() {
        return URI.create(cluster.url().replaceFirst("^http", "ws") + "ws");
    }

    NodeFacts node(String name) {
        return facts().node(name);
    }

    List<NodeFacts> sims() {
        return cluster.nodes().stream().filter(node -> node.role() == Role.SIM).toList();
    }

    /** Those that think about the map, and those that have the cells. */
    List<Path> logs() {
        return cluster.nodes().stream()
                .filter(node -> node.role() != Role.GATEWAY)
                .map(NodeFacts::log)
                .toList();
    }

    private ClusterFacts facts() {
        return ClusterFacts.running(folder);
    }

    /** Starts it again after its process has ended, and waits until it is ready. */
    void revive(String name) {
        String trouble = facts().askToStart(name);
        if (!trouble.isEmpty()) {
            throw new IllegalStateException(name + " does not come back: " + trouble);
        }
    }

    /** Who leads the coordinators. @throws IllegalStateException if nobody does, as far as they can say */
    NodeFacts leader() {
        try (CoordinatorCalls calls = calls()) {
            String name = calls.cluster()
                    .map(answer -> answer.get("leader").text())
                    .filter(leader -> !leader.isEmpty())
                    .orElseThrow(() -> new IllegalStateException("no coordinator says who leads"));
            return node(name);
        }
    }

    boolean runs(String name) {
        return node(name).process().state() == ProcessFacts.State.RUNNING;
    }

    /** What the coordinators say; empty when none answers. */
    Optional<List<SeatedCell>> coordinatorsCells() {
        try (CoordinatorCalls calls = calls()) {
            Optional<List<SeatedCell>> cells = calls.cells().map(SeatedCell::ofCoordinator);
            coordinatorsTrouble = calls.trouble();
            return cells;
        }
    }

    /** Why they did not say it when they were asked last; empty if they did. */
    String coordinatorsTrouble() {
        return coordinatorsTrouble;
    }

    /** Under which grant each cell is, by its name: it rises whenever a cell changes its owner or starts anew. */
    Map<String, Long> epochs() {
        try (CoordinatorCalls calls = calls()) {
            return calls.cells().stream()
                    .flatMap(answer -> answer.get("cells").items().stream())
                    .collect(Collectors.toMap(
                            cell -> cell.get("cell").text(),
                            cell -> cell.get("epoch").number()));
        }
    }

    /** What these have used up so far. */
    NodeGauge.Reading read(List<NodeFacts> nodes) throws InterruptedException {
        return NodeGauge.of(http, nodes);
    }

    /** Entities of all cells, as the coordinators were told last. */
    long entityCount() {
        try (CoordinatorCalls calls = calls()) {
            return calls.cells().stream()
                    .flatMap(answer -> answer.get("cells").items().stream())
                    .map(cell -> cell.get("load"))
                    .filter(JsonTree::there)
                    .mapToLong(load -> load.get("entities").number())
                    .sum();
        }
    }

    /** Asks the coordinators to move a cell, as {@code 2,-1#0}. @return empty when they will, otherwise why not */
    String move(String cell, String to) {
        try (CoordinatorCalls calls = calls()) {
            return calls.move(config.world().name() + "/" + cell, to, "bench migration");
        }
    }

    private CoordinatorCalls calls() {
        return new CoordinatorCalls(facts(), config, AUTHOR);
    }

    /** What the coordinators say, or the gateway if none of them answers; none when neither does. */
    List<SeatedCell> cells() throws InterruptedException {
        Optional<List<SeatedCell>> known = coordinatorsCells();
        return known.isPresent() ? known.get() : gatewaysCells();
    }

    private List<SeatedCell> gatewaysCells() throws InterruptedException {
        URI url = URI.create(cluster.url().replaceFirst("/$", "")
                + config.server().restPrefix() + "/worlds/" + config.world().name() + "/cells");
        try {
            var answer = http.send(HttpRequest.newBuilder(url).timeout(PATIENCE).build(), BodyHandlers.ofString());
            return answer.statusCode() == 200 ? SeatedCell.ofGateway(JsonTree.read(answer.body())) : List.of();
        } catch (IOException notNow) {
            return List.of();
        }
    }

    @Override
    public void close() {
        cluster.close();
        http.shutdownNow();
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException _) {
            // We are ending anyway: the hook runs, and finds nothing to do.
        }
    }

    private record Told(Consumer<String> progress) implements ClusterProgress {
        @Override
        public void step(String text) {
            progress.accept(text);
        }

        @Override
        public void started(NodeFacts node) {}

        @Override
        public void ready(NodeFacts node, long afterMillis) {
            progress.accept("%s is ready after %,d ms".formatted(node.name(), afterMillis));
        }

        @Override
        public void ended(NodeFacts node, int exitCode) {
            progress.accept("%s ended with code %d".formatted(node.name(), exitCode));
        }
    }
}
