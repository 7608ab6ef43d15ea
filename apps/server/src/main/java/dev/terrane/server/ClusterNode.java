package dev.terrane.server;

import dev.terrane.base.Clock;
import dev.terrane.base.NodeId;
import dev.terrane.base.WorldId;
import dev.terrane.cell.DeclaredIntents;
import dev.terrane.cell.ImageRefusedException;
import dev.terrane.cell.World;
import dev.terrane.checkpoint.StoreUnavailableException;
import dev.terrane.coordinator.ClusterMap;
import dev.terrane.coordinator.NodeInfo;
import dev.terrane.coordinator.NodeInfo.Role;
import dev.terrane.coordinator.Release;
import dev.terrane.http.ApiRoutes;
import dev.terrane.http.RunningHttp;
import dev.terrane.link.LinkHello;
import dev.terrane.link.LinkTimes;
import dev.terrane.link.VersionWindow;
import dev.terrane.link.door.LinkAddress;
import dev.terrane.link.door.LinkFiles;
import dev.terrane.node.NodeMessageCodec;
import dev.terrane.postgres.DatabaseAddress;
import dev.terrane.postgres.DatabaseStartException;
import dev.terrane.postgres.PostgresStore;
import dev.terrane.protocol.cluster.CellFrameCodec;
import dev.terrane.protocol.cluster.CellInputCodec;
import dev.terrane.protocol.cluster.CellOutputCodec;
import dev.terrane.protocol.cluster.GatewayPort;
import dev.terrane.raft.RaftTrust;
import dev.terrane.server.cluster.Elsewhere;
import dev.terrane.server.cluster.Listening;
import dev.terrane.server.cluster.NodeLife;
import dev.terrane.server.cluster.Peers;
import dev.terrane.server.cluster.PlannedStop;
import dev.terrane.server.cluster.SimRole;
import dev.terrane.server.config.ClusterConfig;
import dev.terrane.server.config.TerraneConfig;
import dev.terrane.server.coordinator.AdminApi;
import dev.terrane.server.coordinator.AdminGate;
import dev.terrane.server.coordinator.CoordinatorRole;
import dev.terrane.server.coordinator.CoordinatorSettings;
import dev.terrane.server.coordinator.WorldPlan;
import dev.terrane.server.gateways.GatewayRole;
import dev.terrane.server.plugins.PluginException;
import dev.terrane.server.plugins.PluginSource;
import dev.terrane.server.plugins.Plugins;
import dev.terrane.server.services.GatewayCommands;
import dev.terrane.server.services.Nudges;
import dev.terrane.server.services.ServiceRole;
import dev.terrane.server.services.SimCommands;
import dev.terrane.server.services.WorldTerms;
import dev.terrane.server.wire.CoordinatorAddress;
import dev.terrane.server.wire.NodeCertificates;
import dev.terrane.server.wire.Wire;
import dev.terrane.server.wire.WireSettings;
import dev.terrane.server.witness.Memory;
import dev.terrane.server.witness.QueueReadings;
import dev.terrane.server.witness.Witness;
import dev.terrane.server.world.WorldSetup;
import dev.terrane.space.Partition;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This process as one node of a cluster, in whatever roles it was started. {@link #start} brings it up from the ground, {@link #close} takes it down from the roof.
 *
 * <p>Start and close belong to one caller; close may be called by another thread and only works once.
 */
public final class ClusterNode {
    private static final Logger LOG = LoggerFactory.getLogger(ClusterNode.class);

    private final TerraneConfig config;
    private final ClusterConfig cluster;
    private final Set<Role> roles;
    private final NodeId self;
    private final long life = new SecureRandom().nextLong();
    private final Ground ground;
    private final Memory memory = Memory.of(Clock.system());
    private volatile @Nullable PlannedStop plannedStop;
    private volatile @Nullable CoordinatorRole coordinates;

    private ClusterNode(TerraneConfig config, Set<Role> roles) {
        this.config = config;
        this.cluster = config.cluster();
        this.roles = EnumSet.copyOf(roles);
        this.self = new NodeId(cluster.node());
        this.ground = new Ground(config);
    }

    /** @throws StartException that says what is in the way */
    public static ClusterNode start(TerraneConfig config, Set<Role> roles) {
        ClusterNode node = new ClusterNode(config, roles);
        try {
            node.open();
            return node;
        } catch (DatabaseStartException
                | StoreUnavailableException
                | ImageRefusedException
                | PluginException
                | IllegalArgumentException
                | IllegalStateException e) {
            node.close();
            throw new StartException(String.valueOf(e.getMessage()), e);
        } catch (RuntimeException | Error bug) {
            node.close();
            throw bug;
        }
    }

    private void open() {
        long started = System.nanoTime();
        List<CoordinatorAddress> coordinators = CoordinatorAddress.parse(cluster.coordinators());
        if (coordinators.isEmpty()) {
            throw new IllegalArgumentException(
                    "a node of a cluster needs its coordinators: cluster.coordinators = name=host:port:logPort,…");
        }
        List<NodeId> names = coordinators.stream().map(CoordinatorAddress::node).toList();
        boolean hasCells = roles.contains(Role.SIM) || roles.contains(Role.GATEWAY) || roles.contains(Role.SERVICE);
        Plugins found = hasCells ? ground.plugins() : null;
        Wire wire = Wire.open(
                wireSettings(coordinators),
                found == null ? null : words(ground.world(found.worlds()), found.worlds()),
                Clock.system(),
                ground.meters);
        NodeLife.Settings settings = new NodeLife.Settings(self, life, names, cluster.heartbeat(), cluster.lease());
        NodeLife nodeLife = new NodeLife(settings, wire, Clock.system(), ground.meters);
        Listening listening = new Listening();
        listening.add(nodeLife);
        ApiRoutes routes = ApiRoutes.none();
        if (roles.contains(Role.COORDINATOR)) {
            CoordinatorRole coordinator = coordinator(wire);
            coordinates = coordinator;
            listening.add(coordinator);
            ground.push(coordinator);
            nodeLife.listen(new BrokenLog(coordinator));
            AdminGate gate = new AdminGate(Settings.adminKeys(config), Clock.system());
            routes = new AdminApi(
                            coordinator,
                            gate,
                            cluster.allowsOverrides(config.server().env()))
                    .routes();
        }
        Witness witness = new Witness(
                wire,
                names,
                new QueueReadings(ground.meters, wire::linked, wire::queueBytes),
                memory.lives(),
                memory.traces(),
                Clock.system());
        listening.add(witness);
        nodeLife.listen((_, now) -> memory.traces().follow(now));
        wire.start(listening);
        ground.push(wire);
        ground.push(witness);
        coordinators.stream()
                .filter(each -> !each.node().equals(self))
                .forEach(each -> wire.dial(each.node(), each.host(), each.port()));
        nodeLife.listen(new Peers(self, dialler(wire), names));
        nodeLife.start();
        ground.push(nodeLife);
        if (found != null) {
            new CellRoles(found, nodeLife, wire, names, listening).open(routes);
        }
        if (!roles.contains(Role.GATEWAY)) {
            RunningHttp door =
                    NodeDoor.open(config, ground.meters, () -> waitsFor(nodeLife), nodeLife::isDraining, routes);
            ground.push(door);
        }
        plannedStop = new PlannedStop(nodeLife, self, Clock.system());
        nodeLife.introduce(
                new NodeInfo(self, life, List.copyOf(roles), cluster.host() + ":" + wire.port(), ServerVersion.TEXT));
        LOG.atInfo()
                .addKeyValue("node", self)
                .addKeyValue("roles", roles)
                .addKeyValue("port", wire.port())
                .addKeyValue("millis", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started))
                .log("ready");
    }

    private NodeMessageCodec.World words(World world, List<PluginSource> plugins) {
        WorldId id = new WorldId(world.map().world());
        return new NodeMessageCodec.World(
                new CellInputCodec(
                        id,
                        DeclaredIntents.of(plugins.stream()
                                .map(source -> source.fresh().get())
                                .toList())),
                new CellOutputCodec(id),
                new CellFrameCodec(id));
    }

    private WireSettings wireSettings(List<CoordinatorAddress> coordinators) {
        int port = coordinators.stream()
                .filter(each -> each.node().equals(self))
                .mapToInt(CoordinatorAddress::port)
                .findFirst()
                .orElse(cluster.port());
        return new WireSettings(
                new LinkHello(
                        cluster.name(),
                        self,
                        life,
                        roles.stream()
                                .map(role -> role.name().toLowerCase(Locale.ROOT))
                                .toList(),
                        new VersionWindow(Release.OWN.oldestLanguage(), Release.OWN.language())),
                new LinkAddress(cluster.host(), port),
                certificates(),
                WireSettings.LIMITS,
                LinkTimes.defaults());
    }

    private LinkFiles certificates() {
        boolean ownFolder = cluster.certificates().isEmpty();
        Path folder = ownFolder
                ? Path.of(config.database().dataDir()).resolve("certificates")
                : Path.of(cluster.certificates());
        return NodeCertificates.of(folder, ownFolder, cluster.name(), self, Clock.system());
    }

    private String waitsFor(NodeLife nodeLife) {
        if (nodeLife.map().node(self) != null) {
            return "";
        }
        return nodeLife.refused().isEmpty()
                ? "node " + self + " is not known to the cluster's coordinators"
                : nodeLife.refused();
    }

    /** A coordinator whose copy of the log is of no use has no business to go on. */
    private static final class BrokenLog implements NodeLife.Listener {
        private final CoordinatorRole coordinator;
        private boolean told;

        BrokenLog(CoordinatorRole coordinator) {
            this.coordinator = coordinator;
        }

        @Override
        public void onMap(ClusterMap before, ClusterMap now) {}

        @Override
        public void onBeat() {
            Throwable broken = coordinator.broken();
            if (broken != null && !told) {
                told = true;
                LOG.atError().setCause(broken).log("this coordinator takes no part any more and ends");
                new Thread(() -> System.exit(1), "broken-log").start();
            }
        }
    }

    private static Peers.Dialler dialler(Wire wire) {
        return new Peers.Dialler() {
            @Override
            public void dial(NodeId peer, String host, int port) {
                wire.dial(peer, host, port);
            }

            @Override
            public void forget(NodeId peer) {
                wire.forget(peer);
            }
        };
    }

    private CoordinatorRole coordinator(Wire wire) {
        Path folder = Path.of(config.database().dataDir()).resolve("coordinator");
        LinkFiles files = certificates();
        return CoordinatorRole.open(
                CoordinatorSettings.of(
                        cluster,
                        folder,
                        WorldPlan.of(
                                        new WorldId(config.world().name()),
                                        Partition.parse(config.world().partition()),
                                        config.simulation().simulationHz(),
                                        cluster.simsExpected(),
                                        cluster.standbys())
                                .splitting(Settings.pace(config).crowd())
                                .pacing(Settings.pace(config).ladder())),
                new RaftTrust(files.authority(), files.certificate(), files.key()),
                wire,
                Clock.system(),
                ground.meters);
    }

    /** Roles that have to do with cells, and with the database. */
    private final class CellRoles {
        private final Plugins found;
        private final NodeLife nodeLife;
        private final Wire wire;
        private final List<NodeId> coordinators;
        private final Listening listening;
        private final World world;
        private final ScheduledExecutorService jobs = ground.jobs();
        private final DatabaseAddress address = ground.database();
        private final PostgresStore store = ground.store(address, self, jobs);
        private final Durability durability;

        CellRoles(Plugins found, NodeLife nodeLife, Wire wire, List<NodeId> coordinators, Listening listening) {
            this.found = found;
            this.nodeLife = nodeLife;
            this.wire = wire;
            this.coordinators = coordinators;
            this.listening = listening;
            this.world = ground.world(found.worlds());
            this.durability = Durability.open(config, store, address, found.jobs());
            ground.push(durability);
        }

        /** @param routes that a door of this node offers, too */
        void open(ApiRoutes routes) {
            if (roles.contains(Role.SERVICE)) {
                services();
            }
            GatewayRole gateways = roles.contains(Role.GATEWAY) ? gateways(routes) : null;
            if (roles.contains(Role.SIM)) {
                sim(gateways == null ? (_, _) -> false : gateways::fromOwnCell);
            }
        }

        private WorldTerms terms() {
            return WorldTerms.of(new WorldId(world.map().world()), world.map().partition(), found.worlds());
        }

        private void services() {
            ServiceRole role = durability.services(
                    new ServiceRole.Ties(self, life, wire, Clock.system(), ground.meters, jobs), terms(), runtime());
            listening.add(role);
            nodeLife.listen(role::onMap);
            ground.push(role);
        }

        /** Of those who record nothing. */
        private WorldSetup.Runtime runtime() {
            return new WorldSetup.Runtime(Clock.system(), ground.meters, jobs);
        }

        private GatewayRole gateways(ApiRoutes routes) {
            GatewayCommands commands =
                    durability.commands(new GatewayCommands.Ties(self, wire, jobs), terms(), runtime());
            listening.add(commands);
            nodeLife.listen(commands::onMap);
            ground.push(commands);
            GatewayRole role = GatewayRole.open(
                    new GatewayRole.Setup(
                            config, Settings.gateways(config), Settings.door(config), Settings.keys(config)),
                    new GatewayRole.Game(
                            world,
                            found.worlds().stream()
                                    .map(source -> source.fresh().get())
                                    .toList()),
                    new GatewayRole.Stores(store.characters(), this::databaseAnswers),
                    new GatewayRole.Services(
                            commands.port(),
                            commands.rest(),
                            durability
                                    .api(terms())
                                    .routes()
                                    .and(Settings.transfers(config, nodeLife::proposeFor, Clock.system())
                                            .routes())
                                    .and(routes)),
                    new GatewayRole.Ties(
                            self, wire, nodeLife::map, Clock.system(), ground.meters, jobs, memory.traces()));
            commands.tell(role.hub()::tellAll);
            listening.add(role);
            nodeLife.listen(role::onMap);
            ground.push(role);
            LOG.atInfo()
                    .addKeyValue("node", self)
                    .log("open http://{}:{}/", config.server().host(), role.port());
            return role;
        }

        private boolean databaseAnswers() {
            try {
                store.probe();
                return true;
            } catch (StoreUnavailableException away) {
                return false;
            }
        }

        private void sim(GatewayPort own) {
            if (!roles.contains(Role.SERVICE)) {
                Nudges nudges = new Nudges(null, wire, nodeLife::map);
                durability.onCommitted(nudges::appended);
            }
            Elsewhere elsewhere = new Elsewhere(self, wire, own, ground.meters);
            WorldSetup setup = new WorldSetup(
                    self,
                    world,
                    found.worlds(),
                    Settings.cells(config, true),
                    new WorldSetup.Stores(
                            new SimRole.LogGrants(), store.checkpoints(), store.characters(), durability.journal()),
                    new WorldSetup.Gateways(elsewhere, _ -> {}, elsewhere::flush, 0),
                    ground.runtime(jobs, found.worlds()),
                    Settings.pace(config));
            SimRole role = SimRole.open(
                    new SimRole.Parts(
                            nodeLife,
                            wire,
                            coordinators,
                            elsewhere,
                            config.recorder().hashTicks(),
                            memory),
                    setup,
                    store.fences());
            listening.add(role);
            listening.add(new SimCommands(role.world().receiver(), wire));
            ground.push(role);
        }
    }

    /** Before a planned stop: cells move elsewhere, another coordinator leads. Blocks for {@code cluster.drain} and a few seconds at most. */
    public void leave() {
        PlannedStop planned = plannedStop;
        CoordinatorRole coordinator = coordinates;
        try {
            if (planned != null) {
                planned.leave(cluster.drain());
            }
            if (coordinator != null && cluster.drain() > 0) {
                coordinator.handOver();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException bug) { // it ends anyway
            LOG.atError().setCause(bug).log("the node could not be drained");
        }
    }

    /** Stops everything, the newest first; false when something could not be stopped cleanly (it is in the log). */
    public boolean close() {
        return ground.close();
    }
}
