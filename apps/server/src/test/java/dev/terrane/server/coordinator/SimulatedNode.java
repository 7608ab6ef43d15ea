package dev.terrane.server.coordinator;

import dev.terrane.base.CellEpoch;
import dev.terrane.base.CellId;
import dev.terrane.base.CharacterId;
import dev.terrane.base.Clock;
import dev.terrane.base.Meters;
import dev.terrane.base.NodeId;
import dev.terrane.coordinator.ClusterMap;
import dev.terrane.coordinator.Command;
import dev.terrane.coordinator.Entry;
import dev.terrane.coordinator.NodeInfo;
import dev.terrane.coordinator.Outcome;
import dev.terrane.coordinator.Tenure;
import dev.terrane.node.NodeHearer;
import dev.terrane.node.NodeMessage;
import dev.terrane.server.metrics.PrometheusMeters;
import dev.terrane.server.wire.Wire;
import dev.terrane.server.wire.WireSettings;
import dev.terrane.server.witness.Memory;
import dev.terrane.server.witness.QueueReadings;
import dev.terrane.server.witness.Witness;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A sim without cells: it registers, beats, is ready as a standby at once, and says where its avatars are. */
final class SimulatedNode implements NodeHearer, AutoCloseable {
    private static final long BEAT_MILLIS = 50;
    private static final long ASK_AGAIN_BEATS = 20;
    private static final long CLAIM_NANOS_MAX = 500_000_000;

    final NodeId id;
    final Wire wire;
    final Map<Long, Outcome> outcomes = new ConcurrentHashMap<>();
    final Map<Long, NodeMessage.Claimed> claims = new ConcurrentHashMap<>();
    final AtomicLong leases = new AtomicLong();
    final Memory memory = Memory.of(Clock.system());
    private final PrometheusMeters meters = new PrometheusMeters();
    private final Witness witness;
    private final long life;
    private final AtomicLong requests = new AtomicLong();
    private final Map<CharacterId, NodeMessage.AvatarSeen> avatars = new ConcurrentHashMap<>();
    private final ScheduledExecutorService heart;
    private long beats;
    private volatile ClusterMap map = ClusterMap.EMPTY;
    private volatile boolean silent;

    SimulatedNode(WireSettings settings, List<Coordinator> coordinators) {
        id = settings.self().node();
        life = settings.self().life();
        wire = Wire.open(settings, null, Clock.system(), Meters.none());
        witness = new Witness(
                wire,
                coordinators.stream().map(each -> each.id).toList(),
                new QueueReadings(meters, wire::linked, wire::queueBytes),
                memory.lives(),
                memory.traces(),
                Clock.system());
        meters.gauge("journal_waiting_records", () -> 17);
        wire.start(this);
        coordinators.forEach(coordinator -> wire.dial(coordinator.id, "127.0.0.1", coordinator.wire.port()));
        heart = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("beats-" + id).daemon().factory());
        heart.scheduleAtFixedRate(this::beat, 0, BEAT_MILLIS, TimeUnit.MILLISECONDS);
    }

    ClusterMap map() {
        return map;
    }

    /** Says nothing any more, though its links stay open: as a machine that stands still. */
    void fallSilent() {
        silent = true;
    }

    void put(CharacterId character, CellId cell) {
        NodeMessage.AvatarSeen seen = new NodeMessage.AvatarSeen(
                NodeMessage.AvatarSeen.What.HERE,
                character,
                cell,
                77,
                1,
                new CellEpoch(cell, map.cell(cell).epoch()));
        avatars.put(character, seen);
        tellAll(new NodeMessage.AvatarNews(false, List.of(seen)));
    }

    /** @return the number of the request */
    long propose(NodeId to, Command command) {
        long request = requests.incrementAndGet();
        wire.tell(to, new NodeMessage.Propose(request, new Entry(0, "node " + id, "", command)));
        wire.flush();
        return request;
    }

    /** Null when nobody answers soon: then nobody leads. */
    NodeMessage.@Nullable Claimed claim(CharacterId character, CellId entrance) {
        long request = requests.incrementAndGet();
        tellAll(new NodeMessage.Claim(request, character, entrance));
        long untilNanos = System.nanoTime() + CLAIM_NANOS_MAX;
        while (!claims.containsKey(request) && System.nanoTime() < untilNanos) {
            Thread.onSpinWait();
        }
        return claims.get(request);
    }

    private void tellAll(NodeMessage message) {
        wire.linked().forEach(node -> wire.tell(node, message));
        wire.flush();
    }

    private void beat() {
        if (silent) {
            return;
        }
        tellAll(new NodeMessage.Beat(life, map.version()));
        if (beats++ % ASK_AGAIN_BEATS == 0) {
            offer();
            finishMoves();
        }
    }

    private void offer() {
        for (NodeId coordinator : wire.linked()) {
            if (map.node(id) == null) {
                propose(
                        coordinator,
                        new Command.RegisterNode(new NodeInfo(
                                id,
                                life,
                                List.of(NodeInfo.Role.SIM, NodeInfo.Role.GATEWAY),
                                "127.0.0.1:" + wire.port(),
                                "test")));
            }
            for (Tenure tenure : map.cells()) {
                NodeId standby = tenure.standby();
                if (id.equals(tenure.owner()) && standby != null && !tenure.isReady()) {
                    propose(
                            coordinator,
                            new Command.StandbyReady(tenure.cell(), tenure.epoch(), standby, tenure.standbyEntry()));
                }
            }
            return;
        }
    }

    /** What it owns and what is on the move can go at once: there is nothing in it. */
    private void finishMoves() {
        for (Tenure tenure : map.cells()) {
            if (id.equals(tenure.owner()) && tenure.phase() == Tenure.Phase.MOVING && tenure.isReady()) {
                wire.linked().stream()
                        .findFirst()
                        .ifPresent(to -> propose(to, new Command.FinishMove(tenure.cell(), tenure.epoch())));
            }
        }
    }

    @Override
    public void connected(NodeId peer, long ofLife) {
        wire.tell(peer, new NodeMessage.AvatarNews(true, List.copyOf(avatars.values())));
        wire.flush();
    }

    @Override
    public void received(NodeId peer, NodeMessage message) {
        switch (message) {
            case NodeMessage.MapNews(ClusterMap news) -> {
                map = news.version() > map.version() ? news : map;
                memory.traces().follow(map);
            }
            case NodeMessage.Lease lease -> leases.set(lease.term());
            case NodeMessage.Proposed(long request, Outcome outcome) -> outcomes.put(request, outcome);
            case NodeMessage.Claimed claimed -> claims.put(claimed.request(), claimed);
            default -> witness.received(peer, message);
        }
    }

    /** As abruptly as a wire can. */
    @Override
    public void close() {
        heart.shutdownNow();
        wire.close();
        witness.close();
    }
}
