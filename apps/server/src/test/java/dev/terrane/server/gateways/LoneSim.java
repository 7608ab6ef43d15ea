package dev.terrane.server.gateways;

import dev.terrane.base.CellId;
import dev.terrane.base.Clock;
import dev.terrane.base.Meters;
import dev.terrane.base.NodeId;
import dev.terrane.cell.World;
import dev.terrane.command.LaneRoutes;
import dev.terrane.coordinator.CellGrant;
import dev.terrane.coordinator.ClusterMap;
import dev.terrane.coordinator.NodeInfo;
import dev.terrane.coordinator.NodeInfo.Role;
import dev.terrane.coordinator.Tenure;
import dev.terrane.directory.Claim;
import dev.terrane.directory.Directory;
import dev.terrane.json.JsonPayloads;
import dev.terrane.node.NodeHearer;
import dev.terrane.node.NodeMessage;
import dev.terrane.node.NodeMessage.Claimed.Verdict;
import dev.terrane.node.NodePost;
import dev.terrane.placement.CrowdLimits;
import dev.terrane.placement.CrowdRules;
import dev.terrane.placement.LadderRules;
import dev.terrane.postgres.PostgresStore;
import dev.terrane.postgres.service.CellOutgoing;
import dev.terrane.protocol.cluster.CellOutput;
import dev.terrane.protocol.cluster.GatewayNumbers;
import dev.terrane.protocol.cluster.GatewayPort;
import dev.terrane.server.Settings;
import dev.terrane.server.config.TerraneConfig;
import dev.terrane.server.plugins.PluginSource;
import dev.terrane.server.world.Grants;
import dev.terrane.server.world.HostedWorld;
import dev.terrane.server.world.InPlaceGrants;
import dev.terrane.server.world.WorldSetup;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;

/** The only sim of a cluster, and its coordinator: a whole world, whose gateways are on other nodes. */
final class LoneSim implements NodeHearer, AutoCloseable {
    static final NodeId NODE = new NodeId("sim");
    private static final CrowdRules NO_CROWDS =
            new CrowdRules(new CrowdLimits(100_000, 1_000, 100_000, Long.MAX_VALUE / 1_000), 1, 100, 50, 400, 200);

    private final NodePost post;
    private final List<NodeId> gates;
    private final Directory directory = new Directory();
    /** Under which each cell was granted last. */
    private final Map<CellId, Long> epochs = new ConcurrentHashMap<>();

    private final HostedWorld world;
    private volatile ClusterMap map;

    LoneSim(
            TerraneConfig config,
            World world,
            List<PluginSource> plugins,
            PostgresStore store,
            ScheduledExecutorService jobs,
            Nodes nodes) {
        this.post = nodes.post();
        this.gates = nodes.gates();
        this.map = mapOf(List.of());
        GatewayPort one = this::toGateway;
        this.world = HostedWorld.start(
                new WorldSetup(
                        NODE,
                        world,
                        plugins,
                        Settings.cells(config),
                        new WorldSetup.Stores(
                                new Noting(new InPlaceGrants(store.grants(), NODE)),
                                store.checkpoints(),
                                store.characters(),
                                new WorldSetup.Journal(
                                        store.journal(new CellOutgoing(new LaneRoutes(
                                                List.of(), config.commands().partitions()))),
                                        new JsonPayloads(),
                                        (_, _) -> {})),
                        new WorldSetup.Gateways(one, this::toAll, post::flush, 0),
                        new WorldSetup.Runtime(Clock.system(), Meters.none(), jobs),
                        new WorldSetup.Pace(2, 3_600, NO_CROWDS, LadderRules.OFF)),
                directory);
        this.map = mapOf(tenures());
    }

    /** @param gates nodes with gateways, in slots from 5 on */
    record Nodes(NodePost post, List<NodeId> gates) {}

    ClusterMap map() {
        return map;
    }

    private ClusterMap mapOf(List<Tenure> cells) {
        List<ClusterMap.Member> members = new ArrayList<>();
        members.add(
                new ClusterMap.Member(new NodeInfo(NODE, 1, List.of(Role.SIM, Role.COORDINATOR), "", ""), 4, false));
        for (int i = 0; i < gates.size(); i++) {
            members.add(
                    new ClusterMap.Member(new NodeInfo(gates.get(i), 1, List.of(Role.GATEWAY), "", ""), 5 + i, false));
        }
        return new ClusterMap(map == null ? 1 : map.version() + 1, 1, members, cells, new TreeMap<>());
    }

    private List<Tenure> tenures() {
        return world.cellReadings().stream()
                .map(reading -> {
                    CellId cell = reading.cell();
                    long epoch = Objects.requireNonNull(epochs.get(cell));
                    return new Tenure(cell, Tenure.Phase.HELD, NODE, epoch, epoch, 1, null, false, 0);
                })
                .toList();
    }

    private final class Noting implements Grants {
        private final Grants granted;

        Noting(Grants granted) {
            this.granted = granted;
        }

        @Override
        public CellGrant grant(CellId cell) {
            CellGrant grant = granted.grant(cell);
            epochs.put(cell, grant.epoch());
            return grant;
        }

        @Override
        public void release(CellId cell, long epoch) {
            granted.release(cell, epoch);
        }
    }

    private boolean toGateway(int number, CellOutput output) {
        int gate = GatewayNumbers.slot(number) - 5;
        return gate >= 0
                && gate < gates.size()
                && post.tell(gates.get(gate), new NodeMessage.ToGateway(number, output));
    }

    private void toAll(CellOutput output) {
        if (output instanceof CellOutput.CellUp) {
            map = mapOf(tenures());
        }
    }

    @Override
    public void received(NodeId peer, NodeMessage message) {
        switch (message) {
            case NodeMessage.ToCell to -> world.cells().offer(to.cell(), to.epoch(), to.input());
            case NodeMessage.Claim claim -> {
                post.tell(peer, answer(claim, directory.claim(claim.character(), claim.entrance())));
                post.flush();
            }
            case NodeMessage.Abandon abandon -> directory.abandon(abandon.character(), abandon.ticket());
            default -> throw new AssertionError("nobody tells a sim " + message);
        }
    }

    private static NodeMessage.Claimed answer(NodeMessage.Claim asked, Claim claim) {
        return switch (claim) {
            case Claim.Located located ->
                new NodeMessage.Claimed(asked.request(), Verdict.LOCATED, located.cell(), located.entity(), 0);
            case Claim.Yours yours ->
                new NodeMessage.Claimed(asked.request(), Verdict.YOURS, asked.entrance(), 0, yours.ticket());
            case Claim.Spawning _, Claim.Travelling _ ->
                new NodeMessage.Claimed(asked.request(), Verdict.NOT_YET, asked.entrance(), 0, 0);
        };
    }

    int avatarCount() {
        return world.avatarCount();
    }

    @Override
    public void close() {
        world.close();
    }
}
