package dev.terrane.clustersim;

import dev.terrane.base.CellId;
import dev.terrane.base.NodeId;
import dev.terrane.base.Rng;
import dev.terrane.clustersim.log.LogModel;
import dev.terrane.clustersim.net.SimNet;
import dev.terrane.clustersim.play.Player;
import dev.terrane.clustersim.play.SimDoor;
import dev.terrane.clustersim.store.SimJournal;
import dev.terrane.clustersim.store.SimStore;
import dev.terrane.clustersim.time.Conductor;
import dev.terrane.clustersim.time.Host;
import dev.terrane.coordinator.CoordinatorLog;
import dev.terrane.coordinator.Entry;
import dev.terrane.coordinator.NodeInfo.Role;
import dev.terrane.node.NodeMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One run of a plan: begins calmly, has its trouble, comes to rest, is looked over.
 *
 * <p>Made, played and read by one thread; {@link #of} plays it on one of its own, and waits.
 */
final class ClusterRun {
    private static final long SECOND = 1_000_000_000L;

    private final Plan plan;
    private final Sabotage sabotage;
    private final Consumer<String> history;
    private final Conductor conductor;
    private final SimWorld world;
    private final Witness witness = new Witness(this);
    private final SimNet net;
    private final LogModel log;
    private final SimStore store;
    private final SimJournal journal;
    private final Books books;
    private final TerraneTimes times = TerraneTimes.usual();
    private final Map<NodeId, SimNode> nodes = new TreeMap<>();
    private final Map<NodeId, CoordinatorLog> logs = new TreeMap<>();
    private final List<Player> players = new ArrayList<>();
    private final PlayerChecks playerChecks = new PlayerChecks(this);
    private final Trouble trouble;
    private final Rng sabotageChance;
    private @Nullable Violation violation;
    private long hash;
    private long lives = 1_000;
    private long quietTick = Long.MAX_VALUE;

    private ClusterRun(Plan plan, Sabotage sabotage, Consumer<String> history) {
        this.plan = plan;
        this.sabotage = sabotage;
        this.history = history;
        this.conductor = new Conductor(chance("order"), this::fault);
        this.world = SimWorld.of(plan, witness);
        this.net = new SimNet(
                conductor,
                chance("net"),
                world.codec(),
                new SimNet.Weather(
                        plan.pace().latencyMicros() * 1_000L, plan.pace().latencyMicros() * 1_000L),
                this::observe,
                witness::heard);
        List<NodeId> coordinators = plan.coordinators();
        this.log = new LogModel(
                conductor,
                chance("log"),
                coordinators.size(),
                (from, to) -> net.passes(coordinators.get(from), coordinators.get(to)));
        this.store = new SimStore(sabotage.laxity(), this::audit);
        this.journal = new SimJournal(store, sabotage.laxity());
        this.books = new Books(this, chance("books"));
        this.trouble = new Trouble(this, chance("trouble"));
        this.sabotageChance = chance("sabotage");
    }

    /** Plays it to its end. */
    static RunReport of(Plan plan, Sabotage sabotage, Consumer<String> history) {
        Faults.listen();
        RunReport[] report = new RunReport[1];
        Throwable[] thrown = new Throwable[1];
        Thread thread = Thread.ofVirtual().name("conductor").start(() -> {
            try {
                report[0] = new ClusterRun(plan, sabotage, history).play();
            } catch (RuntimeException | Error bug) {
                thrown[0] = bug;
            }
        });
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
        if (thrown[0] instanceof RuntimeException bug) {
            throw bug;
        } else if (thrown[0] instanceof Error bug) {
            throw bug;
        }
        return Objects.requireNonNull(report[0]);
    }

    private RunReport play() {
        Faults.hearBy(this);
        try {
            plan.coordinators().forEach(node -> begin(node, Role.COORDINATOR));
            plan.sims().forEach(node -> begin(node, Role.SIM));
            plan.gateways().forEach(node -> begin(node, Role.GATEWAY));
            for (int i = 0; i < plan.size().players(); i++) {
                Player player = new Player(
                        conductor, i, this::door, playerChecks, plan.pace().hz());
                players.add(player);
                player.start((1 + i) * SECOND / 4);
                books.pay(player);
            }
            if (plan.ills().any()) {
                trouble.begin(Plan.CALM_SECONDS * SECOND, plan.troubleEndNanos());
            }
            runUntil(plan.troubleEndNanos());
            trouble.end();
            quietTick = witness.newest().values().stream()
                            .mapToLong(Witness.Seen::tick)
                            .max()
                            .orElse(0)
                    + 3L * plan.pace().hz();
            note(null, "all is whole again; everybody rests from tick " + quietTick);
            rest();
            return report();
        } finally {
            nodes.values().forEach(node -> node.host().kill());
            Faults.hearNobody();
        }
    }

    /** Until everything is as it should be, and is still a moment later: somebody may be on his way between two cells. */
    private void rest() {
        int calm = 0;
        while (calm < 2) {
            runUntil(conductor.nowNanos() + SECOND / 2);
            String unrest = new RestChecks(this).unrest();
            calm = unrest.isEmpty() ? calm + 1 : 0;
            if (conductor.nowNanos() >= plan.endNanos() && calm == 0) {
                int colon = unrest.indexOf(':');
                violated(unrest.substring(0, colon), unrest.substring(colon + 2));
                throwViolation();
            }
        }
        note(null, "is at rest");
    }

    private RunReport report() {
        return new RunReport(
                Rng.mix(hash ^ conductor.stepCount()),
                witness.tickCount(),
                witness.openedCount(),
                conductor.stepCount(),
                net.messageCount(),
                trouble.count(),
                playerChecks.snapshotCount(),
                books.doneCount());
    }

    private void runUntil(long untilNanos) {
        while (conductor.nowNanos() < untilNanos) {
            conductor.runUntil(Math.min(untilNanos, conductor.nowNanos() + SECOND / 10));
            throwViolation();
        }
    }

    private void throwViolation() {
        if (violation != null) {
            throw violation;
        }
    }

    /** A new life of a node. */
    void begin(NodeId node, Role role) {
        long life = ++lives;
        Rng rng = chance("host " + life);
        Host.Watch watch = new Host.Watch(
                Math.floorMod(rng.nextLong(), 1L << 40), 1 + (rng.nextFloat() - 0.5) * 2e-4, rng.nextInt(7) - 3);
        SimNode fresh = new SimNode(this, node, role, life, conductor.host(node + "/" + life, watch));
        nodes.put(node, fresh);
        note(node, "begins life " + life);
        fresh.start();
    }

    /** As by SIGKILL. Not from within its own code. */
    void kill(NodeId node) {
        SimNode dying = node(node);
        if (dying.host().isAlive()) {
            note(node, "is killed");
            dying.host().kill();
            net.gone(node);
        }
    }

    private List<NodeMessage> observe(NodeId from, NodeId to, NodeMessage message) {
        String step = from.equals(to) ? "" : Moments.of(message);
        if (!step.isEmpty()) {
            trouble.moment(step, from, to);
        }
        return sabotage.pass(this, from, to, message);
    }

    private void audit(String what, CellId cell, long epoch, long fence) {
        if (epoch < fence) {
            violated(
                    "FencesHold",
                    what + " of " + cell + " under epoch " + epoch + " were taken after " + fence
                            + " had been granted");
        }
    }

    /** True once in so many times: for what is planted. */
    boolean tosses(int times) {
        return sabotageChance.nextInt(times) == 0;
    }

    /** Puts an entry into the log at a coordinator that lives. */
    void propose(int coordinator, Entry entry) {
        CoordinatorLog handle = logs.get(plan.coordinators().get(coordinator));
        if (handle != null) {
            handle.propose(entry, answer -> note(null, entry.command() + ": " + answer));
        }
    }

    CoordinatorLog openLog(NodeId node, Host host) {
        CoordinatorLog handle = log.open(plan.coordinators().indexOf(node), host);
        logs.put(node, handle);
        return handle;
    }

    private @Nullable SimDoor door(int player, int tries) {
        List<NodeId> gateways = plan.gateways();
        SimDoor door = node(gateways.get((player + tries) % gateways.size())).door();
        return door != null && door.isOpen() ? door : null;
    }

    SimNode node(NodeId id) {
        return Objects.requireNonNull(nodes.get(id));
    }

    Iterable<SimNode> nodes() {
        return nodes.values();
    }

    /** A source of chance of its own for each thing that needs one. */
    Rng chance(String whose) {
        return new Rng(Rng.mix(plan.seed() * 0x9E37_79B9_7F4A_7C15L ^ whose.hashCode()));
    }

    /** For the history. @param node null: it concerns no node */
    void note(@Nullable NodeId node, String what) {
        hash(what.hashCode());
        history.accept(String.format(
                Locale.ROOT, "%9.4f %-7s %s", conductor.nowNanos() / 1e9, node == null ? "" : node, what));
    }

    /** Something of the server's own log: for those who read. */
    void say(NodeId node, String line) {
        history.accept(String.format(Locale.ROOT, "%9.4f %-7s   %s", conductor.nowNanos() / 1e9, node, line));
    }

    /** A node has written an error into its log. */
    void complained(Host host, String line) {
        violated("NoErrors", host + " writes: " + line);
    }

    /** Part of what two runs of a seed have to have in common. */
    void hash(long what) {
        hash = Rng.mix(hash * 31 + what);
    }

    void violated(String rule, String what) {
        if (violation == null) {
            violation = new Violation(rule, conductor.nowNanos(), what);
            note(null, "VIOLATION " + violation.getMessage());
        }
    }

    private void fault(@Nullable Host host, Throwable bug) {
        if (violation == null) {
            violated("NoBugs", host + " threw " + bug);
            if (violation != null) {
                violation.initCause(bug);
            }
        }
    }

    Plan plan() {
        return plan;
    }

    Sabotage sabotage() {
        return sabotage;
    }

    Conductor conductor() {
        return conductor;
    }

    SimWorld world() {
        return world;
    }

    Witness witness() {
        return witness;
    }

    SimNet net() {
        return net;
    }

    LogModel log() {
        return log;
    }

    SimStore store() {
        return store;
    }

    Books books() {
        return books;
    }

    SimJournal journal() {
        return journal;
    }

    TerraneTimes times() {
        return times;
    }

    List<Player> players() {
        return players;
    }

    PlayerChecks playerChecks() {
        return playerChecks;
    }

    long quietTick() {
        return quietTick;
    }
}
