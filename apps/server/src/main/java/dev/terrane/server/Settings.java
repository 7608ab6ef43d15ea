package dev.terrane.server;

import dev.terrane.base.Clock;
import dev.terrane.cell.CellSettings;
import dev.terrane.economy.Currency;
import dev.terrane.gateway.ConnectionLimits;
import dev.terrane.gateway.GatewaySettings;
import dev.terrane.http.DevelopmentSettings;
import dev.terrane.http.DoorKeys;
import dev.terrane.http.GuestSettings;
import dev.terrane.http.HttpServerSettings;
import dev.terrane.http.ListenSettings;
import dev.terrane.http.RestPaths;
import dev.terrane.http.RestSettings;
import dev.terrane.http.SiteRoot;
import dev.terrane.http.SocketSettings;
import dev.terrane.http.TcpSettings;
import dev.terrane.http.TlsSettings;
import dev.terrane.http.TrustSettings;
import dev.terrane.inventory.ContainerKind;
import dev.terrane.inventory.ItemType;
import dev.terrane.jwt.AdminVerifier;
import dev.terrane.jwt.JwtIssuer;
import dev.terrane.jwt.JwtSecret;
import dev.terrane.jwt.JwtSettings;
import dev.terrane.jwt.JwtVerifier;
import dev.terrane.jwt.TransferTokens;
import dev.terrane.placement.CrowdLimits;
import dev.terrane.placement.CrowdRules;
import dev.terrane.placement.LadderRules;
import dev.terrane.postgres.inventory.PostgresInventory;
import dev.terrane.server.config.ClusterConfig;
import dev.terrane.server.config.DegradationConfig;
import dev.terrane.server.config.DevConfig;
import dev.terrane.server.config.EconomyConfig;
import dev.terrane.server.config.InventoryConfig;
import dev.terrane.server.config.TcpConfig;
import dev.terrane.server.config.TerraneConfig;
import dev.terrane.server.config.TlsConfig;
import dev.terrane.server.config.TransferDestinations;
import dev.terrane.server.gateways.TransferApi;
import dev.terrane.server.world.WorldSetup;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Turns the configuration into the settings of each room: the one place that knows both. */
public final class Settings {
    /** The page of the demo and the canvas example are in its jar. */
    private static final List<SiteRoot> SITES =
            List.of(new SiteRoot("/", "classpath:web"), new SiteRoot("/canvas/", "classpath:web/canvas"));

    /** Inputs of one session that may wait for their tick: 0.4 s at 20 Hz. */
    private static final int INPUTS_BUFFERED = 8;

    /** Times softMaxPlayers that a cell holds at most while its region splits. */
    private static final int AVATARS_WHILE_SPLITTING = 2;

    private static final int UNACKED_INPUTS_MAX = 64;
    private static final double INTEREST_HYSTERESIS_METRES = 32;
    private static final int WATCHED_CHUNKS_MAX = 16_384;
    private static final Duration JOIN_TIMEOUT = Duration.ofSeconds(15);
    private static final Duration SLOW_CLIENT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration SILENT_CELL_TIMEOUT = Duration.ofSeconds(2);
    private static final int REST_BODY_BYTES_MAX = 16 * 1024;
    private static final int REST_REQUESTS_PER_SECOND = 100;
    private static final int REST_REQUEST_BURST = 600;
    private static final int PING_SECONDS = 20;

    private Settings() {}

    /** Of a server that is alone: a region splits over its own workers. */
    public static CellSettings cells(TerraneConfig config) {
        return cells(config, workerCount(config) > 1);
    }

    /** @param spreads whether there is more than one worker for a crowd, here or elsewhere */
    public static CellSettings cells(TerraneConfig config, boolean spreads) {
        int hz = config.simulation().simulationHz();
        int inbox = config.ipc().cellInboxMessages();
        return new CellSettings(
                new CellSettings.Rates(hz, config.simulation().networkSnapshotHz()),
                new CellSettings.Inboxes(inbox, Math.max(64, inbox / 4), Math.max(64, inbox / 4)),
                new CellSettings.Borders(
                        config.world().borderHysteresis(), config.world().borderCooldown()),
                new CellSettings.Avatars(
                        avatarsMax(config, spreads),
                        INPUTS_BUFFERED,
                        config.world().linger() * hz),
                new CellSettings.Ghosts(
                        config.ghosts().range(),
                        config.ghosts().max(),
                        config.ghosts().followedMax()),
                new CellSettings.Images(config.checkpoint().commands()),
                CellSettings.Rewind.of(
                        config.rewind().historyMs(),
                        config.rewind().maxMs(),
                        config.rewind().jumpSpeed(),
                        hz),
                config.aoi().cellSize());
    }

    public static GatewaySettings gateways(TerraneConfig config) {
        TerraneConfig.ProtocolLimits limits = config.protocolLimits();
        return new GatewaySettings(
                new GatewaySettings.Interest(config.aoi().radius(), INTEREST_HYSTERESIS_METRES, WATCHED_CHUNKS_MAX),
                GatewaySettings.Rings.ofEqualWidth(config.aoi().rings()),
                new GatewaySettings.Snapshots(
                        config.snapshot().maxEntitiesPerSnapshot(),
                        config.snapshot().maxBytesPerSnapshot(),
                        config.snapshot().keyframeIntervalSec()),
                new GatewaySettings.Messages(
                        limits.maxMessageBytes(),
                        limits.inputRate().ratePerSec(),
                        limits.inputRate().burst(),
                        UNACKED_INPUTS_MAX),
                new GatewaySettings.Timeouts(
                        Duration.ofSeconds(limits.helloTimeout()),
                        Duration.ofSeconds(limits.idleTimeout()),
                        JOIN_TIMEOUT,
                        SLOW_CLIENT_TIMEOUT,
                        SILENT_CELL_TIMEOUT),
                new GatewaySettings.FairPlay(
                        config.fairplay().report(),
                        config.fairplay().kick(),
                        config.fairplay().fade(),
                        Duration.ofSeconds(config.fairplay().kickFor())));
    }

    public static HttpServerSettings door(TerraneConfig config) {
        TerraneConfig.Server server = config.server();
        TerraneConfig.ProtocolLimits limits = config.protocolLimits();
        TlsConfig tls = server.tls();
        return new HttpServerSettings(
                new ListenSettings(server.host(), server.port()),
                new SocketSettings(
                        server.wsPath(),
                        limits.maxWsFrameBytes(),
                        limits.maxMessageBytes(),
                        config.ipc().clientOutputBytes(),
                        PING_SECONDS),
                rest(config),
                new TrustSettings(server.corsOrigins(), server.trustProxy(), server.trustedProxies()),
                SITES,
                tls(tls.certFile(), tls.keyFile()),
                new DevelopmentSettings(
                        DevConfig.allowedIn(server.env()), config.dev().conditions()),
                tcp(server));
    }

    private static @Nullable TcpSettings tcp(TerraneConfig.Server server) {
        TcpConfig.Tls pair = server.tcp().pair(server.tls());
        return server.tcp().enabled()
                ? new TcpSettings(server.tcp().port(), tls(pair.certFile(), pair.keyFile()))
                : null;
    }

    private static @Nullable TlsSettings tls(String certificate, String key) {
        return certificate.isEmpty()
                ? null
                : new TlsSettings(Path.of(certificate), Path.of(key), TlsSettings.POLL_MILLIS_DEFAULT);
    }

    private static RestSettings rest(TerraneConfig config) {
        TerraneConfig.Server server = config.server();
        return new RestSettings(
                new RestPaths(server.restPrefix(), server.metricsPath(), server.adminPrefix()),
                REST_BODY_BYTES_MAX,
                REST_REQUESTS_PER_SECOND,
                REST_REQUEST_BURST,
                new GuestSettings(
                        config.auth().guests(),
                        Duration.ofSeconds(config.auth().jwt().refreshTtl()),
                        config.protocolLimits().guestsPerMinute(),
                        config.protocolLimits().guestBurst()));
    }

    /** Who may come in at the door. */
    public static DoorKeys keys(TerraneConfig config) {
        JwtSettings jwt = jwt(config);
        ConnectionLimits limits =
                new ConnectionLimits(config.protocolLimits().maxConnections(), connectionsPerAddress(config));
        return new DoorKeys(new JwtVerifier(jwt), new JwtIssuer(jwt), limits);
    }

    /** Whose word counts as an administrator's. */
    static AdminVerifier adminKeys(TerraneConfig config) {
        return new AdminVerifier(jwt(config));
    }

    /** How characters go to other clusters and come from them. */
    static TransferApi transfers(TerraneConfig config, TransferApi.Log log, Clock clock) {
        ClusterConfig cluster = config.cluster();
        JwtSettings jwt = jwt(config);
        JwtSecret secret = cluster.transferSecret().isEmpty()
                ? jwt.secret()
                : JwtSecret.of(cluster.transferSecret().reveal());
        return new TransferApi(
                new TransferApi.Place(
                        cluster.name() + "/" + config.world().name(),
                        TransferDestinations.parse(cluster.transferTo()),
                        config.auth().guests()),
                new TransferApi.Keys(
                        new TransferTokens(secret, Duration.ofSeconds(cluster.transferTtl()), jwt.clockSkew()),
                        new JwtVerifier(jwt),
                        new AdminVerifier(jwt),
                        new JwtIssuer(jwt)),
                log,
                clock);
    }

    private static JwtSettings jwt(TerraneConfig config) {
        TerraneConfig.Jwt wanted = config.auth().jwt();
        return new JwtSettings(
                JwtSecret.of(wanted.secret().reveal()),
                wanted.issuer(),
                Duration.ofSeconds(wanted.accessTtl()),
                Duration.ofSeconds(wanted.clockSkew()));
    }

    /** On loopback all clients share one address: the limit per address would only hold back bots. */
    static int connectionsPerAddress(TerraneConfig config) {
        TerraneConfig.ProtocolLimits limits = config.protocolLimits();
        return loopback(config.server().host()) ? limits.maxConnections() : limits.ipConnections();
    }

    static List<Currency> currencies(EconomyConfig config) {
        List<Currency> currencies = new ArrayList<>();
        for (String wanted : config.currencies()) {
            String[] parts = parts("economy.currencies", wanted, "gold:2");
            currencies.add(new Currency(parts[0], number("economy.currencies", wanted, parts[1])));
        }
        return currencies;
    }

    static PostgresInventory.Goods goods(InventoryConfig config) {
        List<ItemType> types = new ArrayList<>();
        for (String wanted : config.items()) {
            String[] parts = parts("inventory.items", wanted, "ammo:100 or relic:unique");
            types.add(
                    parts[1].equals("unique")
                            ? ItemType.unique(parts[0])
                            : ItemType.stackable(parts[0], number("inventory.items", wanted, parts[1])));
        }
        List<ContainerKind> kinds = new ArrayList<>();
        for (String wanted : config.containers()) {
            String[] parts = parts("inventory.containers", wanted, "cargo:12");
            kinds.add(new ContainerKind(parts[0], number("inventory.containers", wanted, parts[1])));
        }
        return new PostgresInventory.Goods(types, kinds);
    }

    private static String[] parts(String key, String wanted, String example) {
        String[] parts = wanted.strip().split(":", -1);
        if (parts.length != 2) {
            throw new IllegalArgumentException(key + ": '" + wanted + "' must be written like " + example);
        }
        return parts;
    }

    private static int number(String key, String wanted, String text) {
        if (!text.matches("\\d{1,9}")) {
            throw new IllegalArgumentException(key + ": '" + wanted + "' needs a number after the colon");
        }
        return Integer.parseInt(text);
    }

    static WorldSetup.Pace pace(TerraneConfig config) {
        return new WorldSetup.Pace(
                workerCount(config), config.checkpoint().interval(), crowd(config), ladder(config.degradation()));
    }

    /** Where a region can split, its cells take in more than they should until it has: the door is closed elsewhere. */
    private static int avatarsMax(TerraneConfig config, boolean spreads) {
        boolean splits = crowd(config).layersMax() > 1 && spreads;
        return config.worldLimits().softMaxPlayers() * (splits ? AVATARS_WHILE_SPLITTING : 1);
    }

    private static int workerCount(TerraneConfig config) {
        int wanted = config.workers().worldWorkers();
        return wanted > 0 ? wanted : workersOf(Runtime.getRuntime().availableProcessors());
    }

    /** One processor is left to gateways and doors, where two are left to split a crowd over. */
    static int workersOf(int processors) {
        return Math.max(Math.min(2, processors), processors - 1);
    }

    private static CrowdRules crowd(TerraneConfig config) {
        TerraneConfig.WorldLimits limits = config.worldLimits();
        return new CrowdRules(
                new CrowdLimits(
                        limits.softMaxEntities(),
                        limits.softMaxPlayers(),
                        limits.splitTrigger().backlog(),
                        TimeUnit.MILLISECONDS.toNanos(limits.splitTrigger().p99TickMs())),
                limits.split().enabled() ? limits.layersMax() : 1,
                limits.splitTrigger().consecutiveTicks(),
                limits.mergeTrigger().percent(),
                limits.mergeTrigger().consecutiveTicks(),
                limits.cooldownSec() * config.simulation().simulationHz());
    }

    private static LadderRules ladder(DegradationConfig wanted) {
        if (!wanted.enabled()) {
            return LadderRules.OFF;
        }
        return new LadderRules(
                wanted.busyPercent(),
                wanted.calmPercent(),
                Math.max(1, wanted.afterMs() / WorldSetup.GOVERNOR_STEP_MILLIS),
                Math.max(1, wanted.calmMs() / WorldSetup.GOVERNOR_STEP_MILLIS),
                wanted.dilation().enabled() ? wanted.dilation().floorPercent() / 100.0 : 1);
    }

    private static boolean loopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
