package dev.terrane.server.gateways;

import dev.terrane.base.CellId;
import dev.terrane.base.Clock;
import dev.terrane.base.Meters;
import dev.terrane.base.NodeId;
import dev.terrane.base.RegionId;
import dev.terrane.base.WorldId;
import dev.terrane.cell.World;
import dev.terrane.checkpoint.CharacterStore;
import dev.terrane.coordinator.ClusterMap;
import dev.terrane.coordinator.Release;
import dev.terrane.gateway.CommandPort;
import dev.terrane.gateway.GatewaySettings;
import dev.terrane.gateway.WorldView;
import dev.terrane.http.ApiRoutes;
import dev.terrane.http.DoorKeys;
import dev.terrane.http.HttpPorts;
import dev.terrane.http.HttpServerSettings;
import dev.terrane.http.RestCommands;
import dev.terrane.http.ServerReport;
import dev.terrane.node.NodeHearer;
import dev.terrane.node.NodeMessage;
import dev.terrane.node.NodePost;
import dev.terrane.plugin.WorldPlugin;
import dev.terrane.protocol.cluster.CellOutput;
import dev.terrane.server.ServerVersion;
import dev.terrane.server.config.Switches;
import dev.terrane.server.config.TerraneConfig;
import dev.terrane.server.edge.CharacterAdmissions;
import dev.terrane.server.edge.GatewayHub;
import dev.terrane.server.edge.GatewayMaker;
import dev.terrane.server.edge.ResumeKey;
import dev.terrane.server.metrics.PrometheusMeters;
import dev.terrane.server.types.WorldTypes;
import dev.terrane.server.witness.TracedWays;
import dev.terrane.server.witness.Traces;
import dev.terrane.server.world.WorldSetup;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Everything that a node needs to have gateways: door, page, tokens, sessions; all cells are wherever the map says, on this node, too.
 *
 * <p><b>Threading.</b> What the node hears and how the map changes may be told by any threads, also at once. Nothing blocks but {@link #open} and {@link #close}.
 */
public final class GatewayRole implements NodeHearer, AutoCloseable {
    private static final long CRY_MILLIS = 50;
    /** What cells say of one tick comes together; gateways are woken once for all of it. */
    private static final long GATHER_MICROS = 1_000;

    private final Ties ties;
    private final WorldId world;
    private final GatewayHub hub;
    private final RemoteCells cells;
    private final RemoteClaims claims;
    private final MapCrier crier;
    private final Meters.Count strangers;
    private final ScheduledExecutorService news;
    private final AtomicBoolean wakeDue = new AtomicBoolean();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final PlayersDoor door;

    private volatile MapView view = MapView.EMPTY;

    /**
     * What joins it to its node.
     *
     * @param map the newest that the node was told of
     * @param jobs for work that waits: its threads may block
     */
    public record Ties(
            NodeId self,
            NodePost post,
            Supplier<ClusterMap> map,
            Clock clock,
            PrometheusMeters meters,
            ScheduledExecutorService jobs,
            Traces traces) {
        /** Where nobody is traced. */
        public Ties(
                NodeId self,
                NodePost post,
                Supplier<ClusterMap> map,
                Clock clock,
                PrometheusMeters meters,
                ScheduledExecutorService jobs) {
            this(self, post, map, clock, meters, jobs, new Traces(clock));
        }
    }

    /**
     * The configuration, and what it says of the rooms of a gateway.
     *
     * @param door opened when all else is there
     * @param random nobody may guess what it gives: players' tokens are made of it
     */
    public record Setup(
            TerraneConfig config,
            GatewaySettings gateways,
            PlayersDoor.Opener door,
            DoorKeys keys,
            LongSupplier random) {
        /** With a door of HTTP. */
        public Setup(TerraneConfig config, GatewaySettings gateways, HttpServerSettings door, DoorKeys keys) {
            this(config, gateways, ports -> PlayersDoor.http(door, ports), keys, new SecureRandom()::nextLong);
        }
    }

    /** @param plugins of this role alone, the game first: it is asked where newcomers enter */
    public record Game(World world, List<WorldPlugin> plugins) {
        WorldPlugin plugin() {
            return plugins.getFirst();
        }

        byte[] types() {
            return WorldTypes.json(plugins, world.schema()).getBytes(StandardCharsets.UTF_8);
        }
    }

    /** @param answers whether the database does; may take its time */
    public record Stores(CharacterStore characters, BooleanSupplier answers) {}

    /** Where players' commands go, and what REST offers beside the door's own. */
    public record Services(CommandPort commands, RestCommands rest, ApiRoutes added) {
        /** For now every command is to be tried again later. */
        public static Services away() {
            AwayCommands away = new AwayCommands();
            return new Services(away, away, ApiRoutes.none());
        }
    }

    private GatewayRole(Setup setup, Game game, Stores stores, Services services, Ties ties) {
        TerraneConfig config = setup.config();
        this.ties = ties;
        this.news = ties.clock().threads().scheduled("gateway-news");
        this.world = new WorldId(game.world().map().world());
        this.hub =
                new GatewayHub(config.workers().gatewayWorkers(), config.ipc().gatewayInboxMessages());
        this.cells = new RemoteCells(ties.self(), ties.post(), this::view);
        this.claims = new RemoteClaims(ties.post(), ties.map(), ties.clock(), RemoteClaims.PATIENCE_NANOS);
        this.strangers = ties.meters().count("gateway_stranger_messages");
        look(ties.map().get());
        List<RemoteCells.Door> doors = IntStream.range(0, hub.gatewayCount())
                .mapToObj(local -> cells.door())
                .toList();
        this.crier = new MapCrier(world, hub, cells, doors::get, this::view);
        Switches switches = Switches.of(config.flags());
        CharacterAdmissions admissions = new CharacterAdmissions(
                stores.characters(),
                claims,
                game.world().map(),
                game.plugin(),
                new WorldSetup.Runtime(ties.clock(), ties.meters(), ties.jobs()),
                switches::joins,
                this::entrance);
        TracedWays traced = new TracedWays(ties.traces());
        GatewayMaker maker = new GatewayMaker(
                hub,
                setup.gateways(),
                viewOf(config, game.world()),
                new GatewayMaker.Ways(
                        local -> traced.ofGateway(doors.get(local)),
                        admissions,
                        services.commands(),
                        ResumeKey.of(config.auth().jwt().secret().reveal()),
                        ties.traces()),
                ties.meters(),
                setup.random());
        HttpPorts ports = new HttpPorts(maker, setup.keys(), report(config, game, stores), ties.clock(), ties.meters())
                .with(services.rest(), services.added());
        this.door = setup.door().open(ports);
        news.scheduleWithFixedDelay(this::cry, 0, CRY_MILLIS, TimeUnit.MILLISECONDS);
        if (config.flags().hotReload()) {
            news.scheduleWithFixedDelay(switches::refresh, 1, 1, TimeUnit.SECONDS);
        }
    }

    /**
     * Opens the door; who comes before the cluster is there waits. Blocks until it is open. The node has to call what {@link NodeHearer} says, and {@link #onMap}.
     *
     * @throws IllegalStateException when the address cannot be listened on
     */
    public static GatewayRole open(Setup setup, Game game, Stores stores, Services services, Ties ties) {
        return new GatewayRole(setup, game, stores, services, ties);
    }

    private static WorldView viewOf(TerraneConfig config, World world) {
        return new WorldView(
                new WorldId(world.map().world()),
                world.map().partition(),
                config.aoi().cellSize(),
                config.simulation().simulationHz(),
                config.simulation().networkSnapshotHz(),
                world.schema().wire());
    }

    private MapReport report(TerraneConfig config, Game game, Stores stores) {
        return new MapReport(
                new ServerReport.ServerFacts(
                        Release.OWN.toString(),
                        ServerVersion.PROTOCOL,
                        config.server().env(),
                        config.simulation().simulationHz(),
                        config.simulation().networkSnapshotHz(),
                        List.of(world.name())),
                new MapReport.Place(ties.self(), game.world(), game.types()),
                this::view,
                cells,
                hub,
                new MapReport.Sources(ties.meters(), stores.answers()));
    }

    private MapView view() {
        return view;
    }

    private Optional<CellId> entrance(RegionId region) {
        return Optional.of(new CellId(world, region, view.entrance(region)));
    }

    /** The port that clients connect to. */
    public int port() {
        return door.port();
    }

    /** All gateways of this node: for what is for all players, or for one of them. */
    public GatewayHub hub() {
        return hub;
    }

    /** The map has changed. */
    public void onMap(ClusterMap before, ClusterMap now) {
        look(now);
        crier.cry();
    }

    private synchronized void look(ClusterMap now) {
        if (now.version() > view.map.version()) {
            ClusterMap.Member own = now.node(ties.self());
            if (own != null) {
                hub.settle(own.slot());
            }
            view = new MapView(now, world);
        }
    }

    private void cry() {
        look(ties.map().get());
        crier.cry();
    }

    @Override
    public void connected(NodeId peer, long life) {
        soon(this::cry, 0); // not from within: what is told has to see the link among those that are open
    }

    @Override
    public void lost(NodeId peer, long life) {
        cells.lost(peer);
    }

    @Override
    public void received(NodeId peer, NodeMessage message) {
        switch (message) {
            case NodeMessage.ToGateway(int gateway, CellOutput output) -> fromCell(peer, gateway, output);
            case NodeMessage.Claimed claimed -> claims.answered(peer, claimed);
            default -> {} // is for others
        }
    }

    /** Whom the coordinators have given up may not know it yet: its cells are others' now. */
    private void fromCell(NodeId peer, int gateway, CellOutput output) {
        if (!view.isMember(peer)) {
            strangers.one();
            return;
        }
        switch (output) {
            case CellOutput.CellUp _, CellOutput.Layers _, CellOutput.Pace _ -> {} // the map says that
            default -> fromOwnCell(gateway, output);
        }
    }

    /** From cells of this node, which need no links to be heard; the gateway reads it a moment later. Any thread, also within a tick. */
    public boolean fromOwnCell(int gateway, CellOutput output) {
        boolean taken = hub.offer(gateway, output);
        if (wakeDue.compareAndSet(false, true)) {
            soon(this::wake, GATHER_MICROS);
        }
        return taken;
    }

    private void wake() {
        wakeDue.set(false);
        hub.wakeAll();
    }

    private void soon(Runnable work, long micros) {
        try {
            news.schedule(work, micros, TimeUnit.MICROSECONDS);
        } catch (RejectedExecutionException closing) {
            hub.wakeAll();
        }
    }

    /** Tells everybody to come again, elsewhere or later. Repeated calls do nothing. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            news.shutdownNow();
            door.close();
        }
    }
}
