package dev.terrane.clustersim;

import dev.terrane.base.Clock;
import dev.terrane.base.Meters;
import dev.terrane.base.NodeId;
import dev.terrane.base.Rng;
import dev.terrane.checkpoint.StoreUnavailableException;
import dev.terrane.clustersim.net.SimPost;
import dev.terrane.clustersim.play.SimDoor;
import dev.terrane.clustersim.store.LaneDoor;
import dev.terrane.clustersim.store.StoreDoor;
import dev.terrane.clustersim.time.Host;
import dev.terrane.clustersim.time.SimExecutor;
import dev.terrane.coordinator.NodeInfo;
import dev.terrane.coordinator.NodeInfo.Role;
import dev.terrane.json.JsonPayloads;
import dev.terrane.placement.CrowdLimits;
import dev.terrane.placement.CrowdRules;
import dev.terrane.placement.LadderRules;
import dev.terrane.raft.CoordinatorPeer;
import dev.terrane.server.Settings;
import dev.terrane.server.cluster.Elsewhere;
import dev.terrane.server.cluster.Listening;
import dev.terrane.server.cluster.NodeLife;
import dev.terrane.server.cluster.Peers;
import dev.terrane.server.cluster.SimRole;
import dev.terrane.server.coordinator.CoordinatorRole;
import dev.terrane.server.coordinator.CoordinatorSettings;
import dev.terrane.server.coordinator.WorldPlan;
import dev.terrane.server.gateways.GatewayRole;
import dev.terrane.server.metrics.PrometheusMeters;
import dev.terrane.server.services.ServiceRole;
import dev.terrane.server.services.SimCommands;
import dev.terrane.server.services.WorldTerms;
import dev.terrane.server.world.WorldSetup;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One life of a node, put together as {@code ClusterNode} does it. */
final class SimNode {
    private static final int JOB_THREADS = 4;
    private static final int HASH_TICKS = 4;
    private static final CrowdRules NO_CROWDS =
            new CrowdRules(new CrowdLimits(100_000, 1_000, 100_000, Long.MAX_VALUE / 1_000), 1, 100, 50, 400, 200);

    /** Small crowds, and no patience: many changes in a short life. */
    private static final CrowdRules CROWDS =
            new CrowdRules(new CrowdLimits(Plan.CROWD, 1_000, 100_000, Long.MAX_VALUE / 1_000), 3, 5, 90, 15, 10);

    /** Written to, never read. */
    private static final PrometheusMeters METERS = new PrometheusMeters();

    private final ClusterRun run;
    private final NodeId self;
    private final Role role;
    private final long life;
    private final Host host;
    private final SimPost post;
    private final Rng rng;
    private @Nullable NodeLife nodeLife;
    private @Nullable SimDoor door;

    SimNode(ClusterRun run, NodeId self, Role role, long life, Host host) {
        this.run = run;
        this.self = self;
        this.role = role;
        this.life = life;
        this.host = host;
        this.post = run.net().join(self, life, host);
        this.rng = run.chance("node " + self + " " + life);
    }

    NodeId self() {
        return self;
    }

    Role role() {
        return role;
    }

    Host host() {
        return host;
    }

    @Nullable
    SimDoor door() {
        return door;
    }

    @Nullable
    NodeLife nodeLife() {
        return nodeLife;
    }

    void start() {
        host.threads().strand("main", this::main).start();
    }

    /** Where the store or the coordinators cannot be reached the process ends, and is started again by whoever looks after it. */
    private void main() {
        try {
            open();
        } catch (StoreUnavailableException | IllegalStateException e) {
            run.note(self, "cannot start: " + e.getMessage());
            run.conductor().in(500_000_000, null, () -> {
                if (host.isAlive()) {
                    run.kill(self);
                    run.begin(self, role);
                }
            });
        }
    }

    private void open() {
        List<NodeId> coordinators = run.plan().coordinators();
        TerraneTimes times = run.times();
        NodeLife lived = new NodeLife(
                new NodeLife.Settings(
                        self,
                        life,
                        coordinators,
                        times.heartbeatMillis(),
                        run.sabotage().leaseMillis(times.leaseMillis())),
                post,
                host,
                Meters.none());
        nodeLife = lived;
        Listening listening = new Listening();
        listening.add(lived);
        if (role == Role.COORDINATOR) {
            listening.add(coordinator());
        }
        post.start(listening);
        coordinators.stream().filter(each -> !each.equals(self)).forEach(post::dial);
        lived.listen(new Peers(
                self,
                new Peers.Dialler() {
                    @Override
                    public void dial(NodeId peer, String address, int port) {
                        post.dial(peer);
                    }

                    @Override
                    public void forget(NodeId peer) {
                        post.forget(peer);
                    }
                },
                coordinators));
        lived.start();
        if (role == Role.SIM) {
            SimRole sim = sim(lived, coordinators);
            listening.add(sim);
            listening.add(new SimCommands(sim.world().receiver(), post));
        } else if (role == Role.GATEWAY) {
            listening.add(gateway(lived));
            if (self.equals(run.plan().gateways().getFirst())) {
                listening.add(service(lived));
            }
        }
        lived.introduce(new NodeInfo(self, life, List.of(role), self + ":1", "simulated"));
        run.note(self, "is up");
    }

    private CoordinatorRole coordinator() {
        CoordinatorSettings settings = new CoordinatorSettings(
                self,
                List.of(new CoordinatorPeer(self.name(), "unused", 1)),
                Path.of("unused"),
                CoordinatorSettings.timing(run.times().silenceMillis()),
                WorldPlan.of(
                                SimWorld.ID,
                                run.world().world().map().partition(),
                                run.plan().pace().hz(),
                                run.plan().size().sims(),
                                true)
                        .splitting(run.plan().crowded() ? CROWDS : NO_CROWDS));
        return CoordinatorRole.over(run.openLog(self, host), settings, post, host, Meters.none());
    }

    private SimRole sim(NodeLife lived, List<NodeId> coordinators) {
        SimExecutor jobs = host.executor("job", JOB_THREADS);
        StoreDoor store = new StoreDoor(run.store(), run.journal(), host, run.chance("store " + life));
        Elsewhere elsewhere = new Elsewhere(self, post, (_, _) -> false, Meters.none());
        WorldSetup setup = new WorldSetup(
                self,
                run.world().world(),
                List.of(run.world().game()),
                Settings.cells(run.world().config()),
                new WorldSetup.Stores(
                        new SimRole.LogGrants(),
                        store,
                        store,
                        new WorldSetup.Journal(store.journal(), new JsonPayloads(), (_, _) -> {})),
                new WorldSetup.Gateways(elsewhere, _ -> {}, elsewhere::flush, 0),
                new WorldSetup.Runtime(
                        clock(), Meters.none(), jobs, spec -> run.witness().tap(this, spec)),
                new WorldSetup.Pace(1, run.plan().pace().checkpointSeconds(), NO_CROWDS, LadderRules.OFF));
        return SimRole.open(new SimRole.Parts(lived, post, coordinators, elsewhere, HASH_TICKS), setup, store);
    }

    private Clock clock() {
        return host;
    }

    private GatewayRole gateway(NodeLife lived) {
        StoreDoor store = new StoreDoor(run.store(), run.journal(), host, run.chance("store " + life));
        var config = run.world().config();
        GatewayRole opened = GatewayRole.open(
                new GatewayRole.Setup(
                        config,
                        Settings.gateways(config),
                        ports -> Objects.requireNonNull(door = SimDoor.open(run.conductor(), host, ports)),
                        Settings.keys(config),
                        rng::nextLong),
                new GatewayRole.Game(
                        run.world().world(), List.of(run.world().game().fresh().get())),
                new GatewayRole.Stores(store, () -> true),
                GatewayRole.Services.away(),
                new GatewayRole.Ties(self, post, lived::map, host, METERS, host.executor("job", JOB_THREADS)));
        lived.listen(opened::onMap);
        return opened;
    }

    /** At a gateway, as by {@code --also}. */
    private ServiceRole service(NodeLife lived) {
        StoreDoor store = new StoreDoor(run.store(), run.journal(), host, run.chance("lane " + life));
        SimExecutor jobs = host.executor("lane", JOB_THREADS);
        ServiceRole opened = ServiceRole.open(
                new ServiceRole.Ties(self, life, post, host, Meters.none(), jobs),
                WorldTerms.of(
                        SimWorld.ID,
                        run.world().world().map().partition(),
                        List.of(run.world().game())),
                store.journal(),
                (cells, _) -> LaneDoor.open(store, run.books().lane(), jobs, cells));
        lived.listen(opened::onMap);
        return opened;
    }

    @Override
    public String toString() {
        return self + "/" + life;
    }
}
