package dev.terrane.server.gateways;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.Clock;
import dev.terrane.base.NodeId;
import dev.terrane.base.WorldId;
import dev.terrane.cell.DeclaredIntents;
import dev.terrane.cell.World;
import dev.terrane.cell.WorldSchema;
import dev.terrane.node.NodeMessageCodec;
import dev.terrane.plugin.WorldMap;
import dev.terrane.plugin.WorldPlugin;
import dev.terrane.postgres.LocalPostgres;
import dev.terrane.postgres.PostgresStore;
import dev.terrane.protocol.cluster.CellFrameCodec;
import dev.terrane.protocol.cluster.CellInputCodec;
import dev.terrane.protocol.cluster.CellOutputCodec;
import dev.terrane.sdk.ClientOptions;
import dev.terrane.sdk.Input;
import dev.terrane.sdk.bots.BotFleet;
import dev.terrane.sdk.bots.BotOptions;
import dev.terrane.sdk.bots.BotReport;
import dev.terrane.sdk.bots.Scenario;
import dev.terrane.server.Settings;
import dev.terrane.server.config.ConfigLoader;
import dev.terrane.server.config.TerraneConfig;
import dev.terrane.server.metrics.PrometheusMeters;
import dev.terrane.server.plugins.PluginLoader;
import dev.terrane.server.plugins.PluginSource;
import dev.terrane.space.Partition;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A world on one node, its gateways on three others, a real database; every message between them is made bytes. */
@Timeout(300)
class GatewayRoleIT {
    private static final List<NodeId> GATES = List.of(new NodeId("gate-1"), new NodeId("gate-2"), new NodeId("gate-3"));

    @TempDir
    static Path data;

    private static final List<AutoCloseable> RUNNING = new ArrayList<>();
    private static final List<GatewayRole> ROLES = new ArrayList<>();
    private static MemoryWire wire;
    private static LoneSim sim;

    @BeforeAll
    static void start() {
        TerraneConfig config = ConfigLoader.load(
                        null,
                        Map.of(),
                        Map.of(
                                "server.port", "0",
                                "database.dataDir", data.toString(),
                                "workers.gatewayWorkers", "2",
                                "auth.jwt.secret", "a secret that all gateways have, of 32 bytes"))
                .config();
        LocalPostgres postgres = running(LocalPostgres.start(data));
        PostgresStore store = running(PostgresStore.open(postgres.address()));
        ScheduledExecutorService jobs = Executors.newScheduledThreadPool(4);
        running(jobs::shutdownNow);
        List<PluginSource> plugins =
                PluginLoader.load(config.world().game(), config.modules()).worlds();
        List<WorldPlugin> fresh =
                plugins.stream().map(source -> source.fresh().get()).toList();
        World world = new World(
                new WorldMap(
                        config.world().name(), Partition.parse(config.world().partition())),
                WorldSchema.of(fresh),
                config.world().seed());
        WorldId id = new WorldId(config.world().name());
        wire = running(new MemoryWire(new NodeMessageCodec(new NodeMessageCodec.World(
                new CellInputCodec(id, DeclaredIntents.of(fresh)), new CellOutputCodec(id), new CellFrameCodec(id)))));
        MemoryWire.End simEnd = wire.end(LoneSim.NODE);
        sim = running(new LoneSim(config, world, plugins, store, jobs, new LoneSim.Nodes(simEnd, GATES)));
        simEnd.start(sim);
        for (NodeId gate : GATES) {
            MemoryWire.End end = wire.end(gate);
            GatewayRole role = running(GatewayRole.open(
                    new GatewayRole.Setup(
                            config, Settings.gateways(config), Settings.door(config), Settings.keys(config)),
                    new GatewayRole.Game(world, fresh),
                    new GatewayRole.Stores(store.characters(), () -> true),
                    GatewayRole.Services.away(),
                    new GatewayRole.Ties(gate, end, sim::map, Clock.system(), new PrometheusMeters(), jobs)));
            end.start(role);
            ROLES.add(role);
        }
    }

    private static <T extends AutoCloseable> T running(T opened) {
        RUNNING.addFirst(opened);
        return opened;
    }

    @AfterAll
    static void stop() throws Exception {
        for (AutoCloseable each : RUNNING) {
            each.close();
        }
    }

    @Test
    void isReadyWhenItReachesEverySimThatOwnsACell() throws Exception {
        wire.lose(LoneSim.NODE, GATES.getFirst());
        until(0, "/readyz", "no link to nodes that own cells: [sim]");
        wire.connect(LoneSim.NODE, GATES.getFirst());
        until(0, "/readyz", "ready");
        assertThat(get(0, "/api/v1/worlds")).contains("\"name\":\"skirmish\"").doesNotContain("entities");
        assertThat(get(0, "/api/v1/worlds/skirmish/cells")).contains("\"worker\":\"sim\"");
        assertThat(get(0, "/")).contains("<html");
    }

    @Test
    void carriesBots() throws InterruptedException {
        connectAll();
        BotReport report =
                new BotFleet(BotOptions.of(socket(0), 20, Duration.ofSeconds(5), Scenario.FIGHT)).run(progress -> {});
        assertThat(report.clientsJoined()).isEqualTo(20);
        assertThat(report.errorsByKind()).isEmpty();
        assertThat(report.rates().snapshotsMin()).isGreaterThan(5);
    }

    @Test
    void fliesAcrossBordersThroughLinksThatAreCut() throws InterruptedException {
        connectAll();
        try (Flyer flyer = Flyer.join(ClientOptions.guest(socket(0), "Border pilot"))) {
            flyer.wish = new Input(1, 0, 0, 2, 0);
            for (int cut = 0; cut < 3; cut++) {
                TimeUnit.MILLISECONDS.sleep(700);
                wire.breakUnnoticed(LoneSim.NODE, GATES.getFirst());
                TimeUnit.MILLISECONDS.sleep(250);
                wire.lose(LoneSim.NODE, GATES.getFirst());
                TimeUnit.MILLISECONDS.sleep(1_000);
                int heard = flyer.snapshots;
                wire.connect(LoneSim.NODE, GATES.getFirst());
                flyer.until("the world is heard again", () -> flyer.snapshots > heard + 5);
            }
            flyer.until("crossed borders", () -> {
                if (flyer.x > 1400) {
                    flyer.wish = new Input(-1, 0, 0, 2, 0);
                }
                return flyer.cellCount() >= 3;
            });
            int last = flyer.sent;
            flyer.until("its inputs are applied", () -> flyer.acks.getLast() >= last);
            assertThat(flyer.acks).isSorted();
            assertThat(flyer.losses).isZero();
            assertThat(flyer.welcomes).isEqualTo(1);
            assertThat(flyer.errors).isEmpty();
        }
    }

    @Test
    void resumesAtAnotherGatewayWhenItsOwnStops() {
        connectAll();
        ClientOptions options = ClientOptions.guest(socket(2), "Roamer").withOthers(List.of(socket(1)));
        try (Flyer flyer = Flyer.join(options)) {
            flyer.wish = new Input(0, 1, 0, 0, 0);
            flyer.until("its inputs are applied", () -> flyer.acks.getLast() > 20);
            long avatar = flyer.avatar;
            int acked = flyer.acks.getLast();
            ROLES.get(2).close();
            flyer.until("it plays on", () -> flyer.welcomes == 2 && flyer.acks.getLast() > acked + 20);
            assertThat(flyer.avatar).isEqualTo(avatar);
            assertThat(flyer.acks).isSorted();
            assertThat(flyer.losses).isEqualTo(1);
            assertThat(flyer.errors).allMatch(error -> error.startsWith("SHUTTING_DOWN"));
            assertThat(sim.avatarCount()).isPositive();
        }
    }

    private static void connectAll() {
        GATES.forEach(gate -> wire.connect(LoneSim.NODE, gate));
    }

    private static URI socket(int gate) {
        return URI.create("ws://127.0.0.1:" + ROLES.get(gate).port() + "/ws");
    }

    private static void until(int gate, String path, String text) throws Exception {
        String last = "";
        for (int tries = 0; tries < 600; tries++) {
            last = get(gate, path);
            if (last.contains(text)) {
                return;
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
        assertThat(last).contains(text);
    }

    private static String get(int gate, String path) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:"
                                            + ROLES.get(gate).port() + path))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }
}
