package dev.terrane.server;

import dev.terrane.base.CellId;
import dev.terrane.base.Clock;
import dev.terrane.base.Meters;
import dev.terrane.base.NodeId;
import dev.terrane.base.RegionId;
import dev.terrane.base.WorldId;
import dev.terrane.cell.CellPorts;
import dev.terrane.cell.CellReplay;
import dev.terrane.cell.CellSettings;
import dev.terrane.cell.World;
import dev.terrane.cell.WorldSchema;
import dev.terrane.coordinator.ClusterMap;
import dev.terrane.coordinator.Command;
import dev.terrane.coordinator.CoordinatorState;
import dev.terrane.coordinator.Entry;
import dev.terrane.coordinator.NodeInfo;
import dev.terrane.coordinator.NodeInfo.Role;
import dev.terrane.coordinator.Outcome;
import dev.terrane.directory.Directory;
import dev.terrane.node.NodeHearer;
import dev.terrane.node.NodeMessage;
import dev.terrane.node.NodeMessageCodec;
import dev.terrane.placement.CrowdLimits;
import dev.terrane.placement.CrowdRules;
import dev.terrane.placement.LadderRules;
import dev.terrane.plugin.WorldMap;
import dev.terrane.postgres.DatabaseAddress;
import dev.terrane.postgres.PostgresStore;
import dev.terrane.protocol.cluster.Admission;
import dev.terrane.server.cluster.SimRole;
import dev.terrane.server.config.ConfigLoader;
import dev.terrane.server.config.TerraneConfig;
import dev.terrane.server.plugins.PluginSource;
import dev.terrane.server.services.GatewayCommands;
import dev.terrane.server.services.ServiceRole;
import dev.terrane.server.services.SimCommands;
import dev.terrane.server.services.WorldTerms;
import dev.terrane.server.world.AvatarBook;
import dev.terrane.server.world.ClusterWorld;
import dev.terrane.server.world.WorldSetup;
import dev.terrane.space.StripPartition;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Nodes of a cluster in one process, each with its own way to one database; the coordinators' log is a state in memory, and a node hears its map at once unless it is isolated. */
final class ClusterRig implements AutoCloseable {
    static final int REGIONS = 4;
    static final WorldId WORLD = new WorldId("test");
    private static final long TERM = 1;

    final LossyNet net;
    final TerraneConfig config = ConfigLoader.load(
                    null, Map.of(), Map.of("world.name", WORLD.name(), "commands.partitions", "4"))
            .config();
    private final DatabaseAddress address;
    private final PluginSource plugin = new PluginSource("vaults", Vaults::new, Map.of());
    private final WorldMap map = new WorldMap(WORLD.name(), new StripPartition(REGIONS, 256, 512));
    private final WorldTerms terms = WorldTerms.of(WORLD, map.partition(), List.of(plugin));
    private final CoordinatorState state = new CoordinatorState();
    private final List<Follower> followers = new ArrayList<>();
    private final Deque<AutoCloseable> running = new ArrayDeque<>();
    private ClusterMap told = ClusterMap.EMPTY;
    private long lastLife;
    private final long began = System.currentTimeMillis();

    private static final class Follower {
        private final NodeId node;
        private final BiConsumer<ClusterMap, ClusterMap> ear;
        private boolean deaf;
        private ClusterMap heard = ClusterMap.EMPTY;

        private Follower(NodeId node, BiConsumer<ClusterMap, ClusterMap> ear) {
            this.node = node;
            this.ear = ear;
        }
    }

    ClusterRig(DatabaseAddress address, long seed, int messagesPerCut) {
        this.address = address;
        this.net = new LossyNet(new NodeMessageCodec(null), seed, messagesPerCut);
        running.push(net);
    }

    /** What a node of its own has: threads, and connections. */
    private final class Node {
        private final ScheduledExecutorService jobs = new JobThreads(4);
        private final PostgresStore store = PostgresStore.open(address);
        private final Durability durability = Durability.open(config, store, address, List.of());

        private Node() {
            running.push(store);
            running.push(durability);
            running.push(jobs::shutdownNow);
        }

        private WorldSetup.Runtime runtime() {
            return new WorldSetup.Runtime(Clock.system(), Meters.none(), jobs);
        }
    }

    private synchronized void follow(NodeId node, Role role, BiConsumer<ClusterMap, ClusterMap> ear) {
        followers.add(new Follower(node, ear));
        register(node, role);
    }

    synchronized void register(NodeId node, Role role) {
        apply(new Command.RegisterNode(new NodeInfo(node, ++lastLife, List.of(role), "h:1", "v")));
    }

    synchronized Outcome apply(Command command) {
        Outcome outcome = state.apply(TERM, Entry.of(TERM, command));
        told = ClusterMap.of(state);
        followers.forEach(this::tell);
        return outcome;
    }

    private void tell(Follower follower) {
        if (!follower.deaf) {
            ClusterMap before = follower.heard;
            follower.heard = told;
            follower.ear.accept(before, told);
        }
    }

    /** It lives on, knows nothing of it, and somebody else has its cells. */
    synchronized void lose(NodeId sim, NodeId heir) {
        net.isolate(sim);
        deaf(sim, true);
        apply(new Command.NodeLost(
                sim, Objects.requireNonNull(told.node(sim)).info().life()));
        apply(new Command.AssignCells(heir, free()));
    }

    /** It hears what has happened, and begins a new life. */
    synchronized void findAgain(NodeId sim) {
        net.reconnect(sim);
        deaf(sim, false);
        register(sim, Role.SIM);
    }

    private void deaf(NodeId node, boolean deaf) {
        followers.stream().filter(each -> each.node.equals(node)).forEach(each -> each.deaf = deaf);
    }

    private List<CellId> free() {
        List<CellId> free = new ArrayList<>();
        for (int region = 0; region < REGIONS; region++) {
            CellId cell = new CellId(WORLD, new RegionId(region, 0), 0);
            if (!state.tenure(cell).isHeld()) {
                free.add(cell);
            }
        }
        return free;
    }

    /** @param regions it is to have */
    void sim(NodeId id, int... regions) {
        Node node = new Node();
        World world = new World(map, WorldSchema.of(List.of(plugin.fresh().get())), 3);
        CrowdRules noCrowds =
                new CrowdRules(new CrowdLimits(100_000, 1_000, 100_000, Long.MAX_VALUE / 1_000), 1, 100, 50, 400, 200);
        WorldSetup setup = new WorldSetup(
                id,
                world,
                List.of(plugin),
                CellSettings.defaults(),
                new WorldSetup.Stores(
                        new SimRole.LogGrants(),
                        node.store.checkpoints(),
                        node.store.characters(),
                        node.durability.journal()),
                new WorldSetup.Gateways((_, _) -> true, _ -> {}, () -> {}, 0),
                node.runtime(),
                new WorldSetup.Pace(1, 3_600, noCrowds, LadderRules.OFF));
        ClusterWorld simulated = ClusterWorld.open(
                setup,
                new ClusterWorld.Surroundings(
                        id,
                        (_, _, _) -> Admission.SEALED,
                        new Directory(),
                        AvatarBook.NONE,
                        node.store.fences(),
                        new Log(),
                        new NoStandbys()),
                new ClusterWorld.Beginning(0, began));
        running.push(simulated);
        SimCommands commands = new SimCommands(simulated.receiver(), net.post(id));
        net.join(id, new NodeHearer() {
            @Override
            public void connected(NodeId peer, long life) {
                net.post(id).tell(peer, new NodeMessage.AvatarNews(true, List.of())); // nobody plays here
            }

            @Override
            public void received(NodeId peer, NodeMessage message) {
                commands.received(peer, message);
            }
        });
        follow(id, Role.SIM, (_, now) -> simulated.follow(now));
        List<CellId> cells = new ArrayList<>();
        for (int region : regions) {
            cells.add(new CellId(WORLD, new RegionId(region, 0), 0));
        }
        apply(new Command.AssignCells(id, cells));
    }

    ServiceRole service(NodeId id) {
        Node node = new Node();
        ServiceRole role = node.durability.services(
                new ServiceRole.Ties(id, 1L << 40, net.post(id), Clock.system(), Meters.none(), node.jobs),
                terms,
                node.runtime());
        net.join(id, role);
        follow(id, Role.SERVICE, role::onMap);
        running.push(role);
        return role;
    }

    GatewayCommands gateway(NodeId id) {
        Node node = new Node();
        GatewayCommands commands =
                node.durability.commands(new GatewayCommands.Ties(id, net.post(id), node.jobs), terms, node.runtime());
        net.join(id, commands);
        follow(id, Role.GATEWAY, commands::onMap);
        running.push(commands);
        return commands;
    }

    private final class Log implements ClusterWorld.Log {
        @Override
        public void renew(CellId cell, long epoch) {
            apply(new Command.RenewCell(cell, epoch));
        }

        @Override
        public void finishMove(CellId cell, long epoch) {
            apply(new Command.FinishMove(cell, epoch));
        }

        @Override
        public void callOff(CellId cell, long epoch) {
            apply(new Command.AbortMove(cell, epoch));
        }

        @Override
        public void release(CellId cell, long epoch) {
            apply(new Command.ReleaseCell(cell, epoch));
        }
    }

    private static final class NoStandbys implements ClusterWorld.Standbys {
        @Override
        public CellPorts gated(CellPorts real) {
            return real;
        }

        @Override
        public void promote(Collection<CellId> cells, BiConsumer<CellId, @Nullable CellReplay> taker) {
            cells.forEach(cell -> taker.accept(cell, null));
        }

        @Override
        public void whenFollowed(CellId cell, long epoch, Runnable then) {
            then.run();
        }

        @Override
        public void whenStable(CellId cell, long epoch, long tick, Runnable then, Runnable broken) {
            then.run();
        }
    }

    @Override
    public void close() throws Exception {
        while (!running.isEmpty()) {
            running.pop().close();
        }
    }
}
