package dev.terrane.server.cluster;

import dev.terrane.base.CellId;
import dev.terrane.base.Meters;
import dev.terrane.base.NodeId;
import dev.terrane.base.WorldId;
import dev.terrane.checkpoint.Checkpoint;
import dev.terrane.coordinator.CellGrant;
import dev.terrane.coordinator.ClusterMap;
import dev.terrane.coordinator.Command;
import dev.terrane.coordinator.FenceStore;
import dev.terrane.coordinator.Outcome;
import dev.terrane.coordinator.WorldBeginning;
import dev.terrane.coordinator.WorldPace;
import dev.terrane.directory.Directory;
import dev.terrane.node.NodeHearer;
import dev.terrane.node.NodeMessage;
import dev.terrane.node.NodePost;
import dev.terrane.protocol.cluster.Admission;
import dev.terrane.server.witness.Memory;
import dev.terrane.server.witness.TracedWays;
import dev.terrane.server.world.CellReading;
import dev.terrane.server.world.ClusterWorld;
import dev.terrane.server.world.Grants;
import dev.terrane.server.world.StrainReading;
import dev.terrane.server.world.WorldSetup;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A node that simulates cells. */
public final class SimRole implements NodeHearer, NodeLife.Listener, AutoCloseable {
    private static final long PATIENCE_MILLIS = 30_000;
    /** A newer map comes within a beat or two. */
    private static final long LESSON_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private static final int BEATS_PER_AVATAR_NEWS = 1;
    private static final int BEATS_PER_LOADS = 20;
    private static final int BEATS_PER_CROWDS = 10;
    private static final Logger LOG = LoggerFactory.getLogger(SimRole.class);

    private final NodeLife life;
    private final NodePost post;
    private final List<NodeId> coordinators;
    private final Elsewhere elsewhere;
    private final AvatarTeller avatars;
    private final ClusterWorld world;
    private final NodeStandbys standbys;
    private final NodeId self;
    private final double capacityNanosPerSecond;
    private final int simulationHz;
    private final Meters.Count refused;
    private final Meters.Count unknown;
    private final TracedWays traced;
    private long beatCount;

    /**
     * What a sim needs of its process.
     *
     * @param hashTicks in so many ticks each entity takes part in the hash of one that copies compare
     */
    public record Parts(
            NodeLife life,
            NodePost post,
            List<NodeId> coordinators,
            Elsewhere elsewhere,
            int hashTicks,
            Memory memory) {
        /** One that nobody asks. */
        public Parts(NodeLife life, NodePost post, List<NodeId> coordinators, Elsewhere elsewhere, int hashTicks) {
            this(life, post, coordinators, elsewhere, hashTicks, Memory.of(life.clock()));
        }
    }

    private SimRole(Parts parts, AvatarTeller avatars, ClusterWorld world, NodeStandbys standbys, WorldSetup setup) {
        this.life = parts.life;
        this.post = parts.post;
        this.coordinators = parts.coordinators;
        this.elsewhere = parts.elsewhere;
        this.avatars = avatars;
        this.traced = new TracedWays(parts.memory.traces());
        this.world = world;
        this.standbys = standbys;
        this.self = setup.node();
        this.capacityNanosPerSecond =
                (double) TimeUnit.SECONDS.toNanos(1) * setup.pace().workerCount();
        this.simulationHz = setup.settings().rates().simulationHz();
        Meters meters = setup.runtime().meters();
        this.refused = meters.count("node_mail_dropped", "reason", "refused_by_cell");
        this.unknown = meters.count("node_mail_dropped", "reason", "no_such_cell");
    }

    /** Ready to be given cells; introduces nobody yet. Waits for coordinators and the store. */
    public static SimRole open(Parts parts, WorldSetup setup, FenceStore fences) {
        parts.life.await("a map of the cluster", PATIENCE_MILLIS, parts.life::heardMap);
        WorldId id = new WorldId(setup.world().map().world());
        new FormerGrants(parts.life::map, command -> ask(parts.life, command), () -> pause(parts.life))
                .teach(fences.all(id));
        ClusterWorld.Beginning beginning = beginning(parts.life, setup, id);
        AvatarTeller avatars = new AvatarTeller(parts.post, parts.memory::passed);
        NodeStandbys standbys = NodeStandbys.open(parts, setup);
        ClusterWorld world = ClusterWorld.open(
                setup,
                new ClusterWorld.Surroundings(
                        setup.node(),
                        parts.elsewhere,
                        new Directory(),
                        avatars,
                        fences,
                        new LifeLog(parts.life),
                        standbys),
                beginning);
        SimRole role = new SimRole(parts, avatars, world, standbys, setup);
        standbys.followed().rehearseBy(world::rehearse);
        parts.elsewhere.afterRound(standbys.streams()::poke);
        world.mayTick(false); // until there is a lease
        parts.life.listen(role);
        return role;
    }

    private static void pause(NodeLife life) {
        try {
            life.clock().threads().sleep(LESSON_NANOS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** The first sim says it for the life of the cluster. */
    private static ClusterWorld.Beginning beginning(NodeLife life, WorldSetup setup, WorldId world) {
        String key = WorldBeginning.key(world);
        if (!life.map().values().containsKey(key)) {
            long lastTick = setup.stores().checkpoints().latest(world).stream()
                    .mapToLong(Checkpoint::tick)
                    .max()
                    .orElse(-1);
            byte[] now =
                    new WorldBeginning(lastTick + 1, setup.runtime().clock().epochMillis()).toBytes();
            ask(life, new Command.PutValue(key, 0, now)); // refused: somebody else was first
            life.await(
                    "the world's clock",
                    PATIENCE_MILLIS,
                    () -> life.map().values().containsKey(key));
        }
        ClusterMap map = life.map();
        WorldBeginning first =
                WorldBeginning.read(Objects.requireNonNull(map.values().get(key)));
        return new ClusterWorld.Beginning(first.tick(), first.epochMillis(), WorldPace.of(map, world, first.tick()));
    }

    /** Until somebody answers. */
    private static Outcome ask(NodeLife life, Command command) {
        for (int tries = 1; ; tries++) {
            try {
                return life.answer(life.propose(command), TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS));
            } catch (ExecutionException | TimeoutException e) {
                if (tries == 10) {
                    throw new IllegalStateException("the coordinators do not answer: " + e.getMessage(), e);
                }
                LOG.atInfo().log("asking the coordinators again: {}", String.valueOf(e.getMessage()));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", e);
            }
        }
    }

    @Override
    public void onMap(ClusterMap before, ClusterMap now) {
        elsewhere.follow(now);
        standbys.follow(self, now);
        world.follow(now);
        for (ClusterMap.Member member : before.nodes()) {
            if (now.nodeOfSlot(member.slot()) == null) {
                world.gatewaysGone(member.slot() * Elsewhere.GATEWAYS_PER_SLOT, Elsewhere.GATEWAYS_PER_SLOT);
            }
        }
    }

    @Override
    public void onLease(boolean leased) {
        world.mayTick(leased);
    }

    @Override
    public void onBeat() {
        world.remind();
        beatCount++;
        if (beatCount % BEATS_PER_AVATAR_NEWS == 0) {
            avatars.tell(life.map(), coordinators);
        }
        if (beatCount % BEATS_PER_LOADS == 0) {
            NodeMessage loads = new NodeMessage.Loads(capacityNanosPerSecond, works());
            coordinators.forEach(coordinator -> post.tell(coordinator, loads));
        }
        if (beatCount % BEATS_PER_CROWDS == 0) {
            StrainReading strain = world.strain();
            NodeMessage crowds = new NodeMessage.Crowds(
                    new NodeMessage.Strain(strain.busyPercent(), strain.behindTicks()), crowds(), elsewhere.missed());
            coordinators.forEach(coordinator -> post.tell(coordinator, crowds));
        }
    }

    private List<NodeMessage.Crowd> crowds() {
        return world.crowdReadings().stream()
                .map(each -> new NodeMessage.Crowd(each.load(), each.epoch(), each.orderDone()))
                .toList();
    }

    private List<NodeMessage.CellWork> works() {
        List<NodeMessage.CellWork> works = new ArrayList<>();
        for (CellReading reading : world.cellReadings()) {
            long rest = reading.averageNanos() - reading.softNanos() - reading.opportunisticNanos();
            works.add(new NodeMessage.CellWork(
                    reading.cell(),
                    reading.entities(),
                    reading.avatars(),
                    Math.max(0, rest) * simulationHz, // averages are rounded
                    reading.softNanos() * simulationHz,
                    reading.opportunisticNanos() * simulationHz));
        }
        return works;
    }

    @Override
    public void received(NodeId peer, NodeMessage message) {
        switch (message) {
            case NodeMessage.ToCell(CellId cell, long epoch, var input) -> {
                Admission admission = world.deliver(cell, epoch, input);
                traced.came(cell, epoch, input, admission);
                if (admission != Admission.ACCEPTED) {
                    (admission == Admission.UNKNOWN ? unknown : refused).one();
                }
            }
            case NodeMessage.StandbyPiece piece -> standbys.followed().received(peer, piece);
            case NodeMessage.StandbyReply reply -> standbys.streams().received(peer, reply);
            default -> {}
        }
    }

    @Override
    public void connected(NodeId peer, long lifeOfPeer) {
        standbys.streams().linkChanged(peer);
    }

    @Override
    public void lost(NodeId peer, long lifeOfPeer) {
        avatars.lost(peer);
        standbys.streams().linkChanged(peer);
    }

    public ClusterWorld world() {
        return world;
    }

    @Override
    public void close() throws InterruptedException {
        world.close();
        standbys.close();
    }

    /** What a world asks, as entries of the log. The map tells what came of it. */
    private record LifeLog(NodeLife life) implements ClusterWorld.Log {
        @Override
        public void renew(CellId cell, long epoch) {
            life.propose(new Command.RenewCell(cell, epoch));
        }

        @Override
        public void finishMove(CellId cell, long epoch) {
            life.propose(new Command.FinishMove(cell, epoch));
        }

        @Override
        public void callOff(CellId cell, long epoch) {
            life.propose(new Command.AbortMove(cell, epoch));
        }

        @Override
        public void release(CellId cell, long epoch) {
            life.propose(new Command.ReleaseCell(cell, epoch));
        }
    }

    /** In a cluster the log grants: a cell that is not ours is not asked for in this way. */
    public static final class LogGrants implements Grants {
        @Override
        public CellGrant grant(CellId cell) {
            throw new IllegalStateException(
                    "cell " + cell + " is granted by the coordinators' log, not asked for here");
        }

        @Override
        public void release(CellId cell, long epoch) {}
    }
}
