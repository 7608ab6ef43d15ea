package dev.terrane.server;

import dev.terrane.base.Clock;
import dev.terrane.base.NodeId;
import dev.terrane.base.WorldId;
import dev.terrane.cell.ImageRefusedException;
import dev.terrane.cell.World;
import dev.terrane.checkpoint.StoreUnavailableException;
import dev.terrane.directory.Directory;
import dev.terrane.gateway.WorldView;
import dev.terrane.http.HttpDoor;
import dev.terrane.http.HttpPorts;
import dev.terrane.http.RunningHttp;
import dev.terrane.http.ServerReport;
import dev.terrane.plugin.WorldPlugin;
import dev.terrane.postgres.DatabaseAddress;
import dev.terrane.postgres.DatabaseStartException;
import dev.terrane.postgres.PostgresStore;
import dev.terrane.server.config.Switches;
import dev.terrane.server.config.TerraneConfig;
import dev.terrane.server.edge.CharacterAdmissions;
import dev.terrane.server.edge.DirectoryClaims;
import dev.terrane.server.edge.GatewayHub;
import dev.terrane.server.edge.GatewayMaker;
import dev.terrane.server.edge.StatusReport;
import dev.terrane.server.lanes.CommandLanes;
import dev.terrane.server.plugins.PluginException;
import dev.terrane.server.plugins.PluginSource;
import dev.terrane.server.plugins.Plugins;
import dev.terrane.server.types.WorldTypes;
import dev.terrane.server.world.HostedWorld;
import dev.terrane.server.world.InPlaceGrants;
import dev.terrane.server.world.WorldSetup;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything in one process: database, world, gateways, door. {@link #start} brings it up from the ground, {@link #close} takes it down from the roof.
 *
 * <p>Start and close belong to one caller; close may be called by another thread and only works once.
 */
public final class Server {
    private static final Logger LOG = LoggerFactory.getLogger(Server.class);
    /** The only node there is, until clusters come. */
    private static final NodeId NODE = new NodeId("node-1");

    private final TerraneConfig config;
    private final Ground ground;
    private int port;

    private Server(TerraneConfig config) {
        this.config = config;
        this.ground = new Ground(config);
    }

    /** @throws StartException that says what is in the way */
    public static Server start(TerraneConfig config) {
        Server server = new Server(config);
        try {
            server.open();
            return server;
        } catch (DatabaseStartException
                | StoreUnavailableException
                | ImageRefusedException
                | PluginException
                | IllegalArgumentException
                | IllegalStateException e) {
            server.close();
            throw new StartException(String.valueOf(e.getMessage()), e);
        } catch (RuntimeException | Error bug) {
            server.close(); // the database must not outlive us
            throw bug;
        }
    }

    /** The port it listens on. */
    public int port() {
        return port;
    }

    private void open() {
        long started = System.nanoTime();
        List<String> mistakes = Settings.door(config).mistakes();
        if (!mistakes.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", mistakes));
        }
        ScheduledExecutorService jobs = ground.jobs();
        Plugins found = ground.plugins();
        List<PluginSource> plugins = found.worlds();
        World world = ground.world(plugins);
        DatabaseAddress address = ground.database();
        PostgresStore store = ground.store(address, NODE, jobs);

        GatewayHub hub =
                new GatewayHub(config.workers().gatewayWorkers(), config.ipc().gatewayInboxMessages());
        Directory directory = new Directory();
        WorldSetup.Runtime runtime = ground.runtime(jobs, plugins);
        Durability durability = Durability.open(config, store, address, found.jobs());
        ground.push(durability);
        HostedWorld hosted =
                HostedWorld.start(setup(world, plugins, stores(store, durability), hub, runtime), directory);
        ground.push(hosted);
        CommandLanes lanes = durability.lanes(NODE.name(), hosted, hub, runtime);
        ground.push(lanes);

        Switches switches = Switches.of(config.flags());
        if (config.flags().hotReload()) {
            jobs.scheduleWithFixedDelay(switches::refresh, 1, 1, TimeUnit.SECONDS);
        }
        WorldPlugin game = plugins.getFirst().fresh().get();
        CharacterAdmissions admissions = new CharacterAdmissions(
                store.characters(),
                new DirectoryClaims(directory),
                world.map(),
                game,
                runtime,
                switches::joins,
                hosted::entrance);
        GatewayMaker gateways = new GatewayMaker(
                hub,
                Settings.gateways(config),
                view(world),
                new GatewayMaker.Ways(hosted.cells(), admissions, lanes.port()),
                ground.meters);
        HttpPorts ports = ports(gateways, report(hosted, hub, store, types(world, plugins)))
                .with(lanes.rest(), durability.api(hosted).routes());
        RunningHttp door = HttpDoor.start(Settings.door(config), ports);
        ground.push(door);
        port = door.port();
        ready(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started));
    }

    private WorldView view(World world) {
        return new WorldView(
                new WorldId(world.map().world()),
                world.map().partition(),
                config.aoi().cellSize(),
                config.simulation().simulationHz(),
                config.simulation().networkSnapshotHz(),
                world.schema().wire());
    }

    private WorldSetup setup(
            World world,
            List<PluginSource> plugins,
            WorldSetup.Stores stores,
            GatewayHub hub,
            WorldSetup.Runtime runtime) {
        return new WorldSetup(
                NODE,
                world,
                plugins,
                Settings.cells(config),
                stores,
                new WorldSetup.Gateways(hub, hub::tellAll, hub::wakeAll, hub.gatewayCount()),
                runtime,
                Settings.pace(config));
    }

    private static WorldSetup.Stores stores(PostgresStore store, Durability durability) {
        return new WorldSetup.Stores(
                new InPlaceGrants(store.grants(), NODE), store.checkpoints(), store.characters(), durability.journal());
    }

    private static byte[] types(World world, List<PluginSource> plugins) {
        List<WorldPlugin> fresh =
                plugins.stream().map(source -> source.fresh().get()).toList();
        return WorldTypes.json(fresh, world.schema()).getBytes(StandardCharsets.UTF_8);
    }

    private StatusReport report(HostedWorld hosted, GatewayHub hub, PostgresStore store, byte[] types) {
        ServerReport.ServerFacts facts = new ServerReport.ServerFacts(
                ServerVersion.TEXT,
                ServerVersion.PROTOCOL,
                config.server().env(),
                config.simulation().simulationHz(),
                config.simulation().networkSnapshotHz(),
                List.of(config.world().name()));
        return new StatusReport(facts, hosted, hub, ground.meters, () -> answers(store), types);
    }

    private static boolean answers(PostgresStore store) {
        try {
            store.probe();
            return true;
        } catch (StoreUnavailableException away) {
            return false;
        }
    }

    private HttpPorts ports(GatewayMaker gateways, StatusReport report) {
        return new HttpPorts(gateways, Settings.keys(config), report, Clock.system(), ground.meters);
    }

    private void ready(long millis) {
        String scheme = config.server().tls().certFile().isEmpty() ? "http" : "https";
        LOG.atInfo()
                .addKeyValue("world", new WorldId(config.world().name()))
                .addKeyValue("millis", millis)
                .log("ready: open {}://{}:{}/", scheme, shownHost(), port);
    }

    private String shownHost() {
        return config.server().host().equals("0.0.0.0")
                ? "localhost"
                : config.server().host();
    }

    /** Stops everything, the newest first; false when something could not be stopped cleanly (it is in the log). */
    public boolean close() {
        return ground.close();
    }
}
