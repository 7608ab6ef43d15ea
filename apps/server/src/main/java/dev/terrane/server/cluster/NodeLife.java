package dev.terrane.server.cluster;

import dev.terrane.base.Clock;
import dev.terrane.base.Meters;
import dev.terrane.base.NodeId;
import dev.terrane.coordinator.ClusterMap;
import dev.terrane.coordinator.Command;
import dev.terrane.coordinator.NodeInfo;
import dev.terrane.coordinator.Outcome;
import dev.terrane.node.NodeHearer;
import dev.terrane.node.NodeMessage;
import dev.terrane.node.NodePost;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This node as its coordinators see it: says that it lives, introduces itself, hears the map and how long it may act.
 *
 * <p>It has a thread of its own, on which listeners hear of maps, leases and beats, one after the other; they must not wait for stores. Everything else may be called by any thread.
 */
public final class NodeLife implements NodeHearer, AutoCloseable {
    private static final long INTRODUCE_NANOS = TimeUnit.SECONDS.toNanos(1);
    /** Time enough for the others to be linked, if they are there. */
    private static final long MOST_LINKED_NANOS = TimeUnit.SECONDS.toNanos(2);

    private static final long AWAIT_STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long END_MILLIS_MAX = 2_000;
    private static final Logger LOG = LoggerFactory.getLogger(NodeLife.class);

    private final Settings settings;
    private final NodePost post;
    private final Clock clock;
    private final Petitions petitions;
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService thread;

    private volatile ClusterMap map = ClusterMap.EMPTY;
    private volatile boolean heardMap;
    private volatile long leasedNanos;
    private volatile boolean leased;
    private volatile @Nullable NodeInfo introduced;
    private volatile String refused = "";
    // The thread's own.
    private long introducedNanos;
    private long mostLinkedNanos;
    private ClusterMap told = ClusterMap.EMPTY;

    /**
     * @param coordinators whom to tell everything
     * @param leaseMillis so long it may act without having heard of a leader
     */
    public record Settings(NodeId self, long life, List<NodeId> coordinators, int heartbeatMillis, int leaseMillis) {}

    /** Called on the life's thread. */
    public interface Listener {
        /** A newer map. */
        void onMap(ClusterMap before, ClusterMap now);

        /** Whether this node may act. */
        default void onLease(boolean leased) {}

        /** With each beat. */
        default void onBeat() {}
    }

    public NodeLife(Settings settings, NodePost post, Clock clock, Meters meters) {
        this.settings = settings;
        this.post = post;
        this.clock = clock;
        this.thread = clock.threads().scheduled("node-life");
        this.petitions = new Petitions(settings.self(), settings.coordinators(), post, clock);
        meters.gauge("node_map_version", () -> map.version());
        meters.gauge("node_has_lease", () -> leased ? 1 : 0);
    }

    public void start() {
        long nanos = TimeUnit.MILLISECONDS.toNanos(settings.heartbeatMillis());
        thread.scheduleAtFixedRate(guarded(this::beat), 0, nanos, TimeUnit.NANOSECONDS);
    }

    /** From now on it is told of everything; first of the map as it is. */
    public void listen(Listener listener) {
        run(() -> {
            listeners.add(listener);
            if (told.version() > 0) {
                listener.onMap(ClusterMap.EMPTY, told);
            }
            listener.onLease(leased);
        });
    }

    /** Runs something on the life's thread. */
    void run(Runnable work) {
        thread.execute(guarded(work));
    }

    private static Runnable guarded(Runnable work) {
        return () -> {
            try {
                work.run();
            } catch (RuntimeException | Error bug) { // what gets through would end all beats
                LOG.atError().setCause(bug).log("a step of the node's life failed");
            }
        };
    }

    Clock clock() {
        return clock;
    }

    /** The newest map that was heard. */
    public ClusterMap map() {
        return map;
    }

    /** Whether a coordinator has ever told a map, an empty one, too. */
    boolean heardMap() {
        return heardMap;
    }

    /** Offers this node's service, until it is known, and anew whenever it was lost. */
    public void introduce(NodeInfo info) {
        introduced = info;
    }

    /** Asks for an entry in the log; completed exceptionally when nobody could say in time what became of it. */
    public CompletableFuture<Outcome> propose(Command command) {
        return petitions.propose(command, "", "");
    }

    /** The same, because an administrator has asked this node for it, who says why. */
    public CompletableFuture<Outcome> proposeFor(String admin, String reason, Command command) {
        return petitions.propose(command, admin, reason);
    }

    /** Waits for what became of a proposal. Not on the life's thread. */
    Outcome answer(CompletableFuture<Outcome> proposed, long nanosMax)
            throws InterruptedException, ExecutionException, TimeoutException {
        return clock.threads().await(proposed, nanosMax);
    }

    private void beat() {
        for (NodeId coordinator : settings.coordinators()) {
            post.tell(coordinator, new NodeMessage.Beat(settings.life(), told.version()));
        }
        petitions.forgetOld();
        lease();
        NodeInfo wanted = introduced;
        if (wanted != null && clock.nanos() - introducedNanos > INTRODUCE_NANOS && isHeard() && !isKnown(map)) {
            introducedNanos = clock.nanos();
            LOG.atDebug().addKeyValue("node", settings.self()).log("introduces itself to the coordinators");
            propose(new Command.RegisterNode(wanted)).thenAccept(this::introduced);
        }
        listeners.forEach(Listener::onBeat);
        post.flush();
    }

    private void introduced(Outcome outcome) {
        String why = outcome instanceof Outcome.Refused(Outcome.Reason _, String told) ? told : "";
        if (!why.isEmpty() && !why.equals(refused)) {
            LOG.atError().addKeyValue("node", settings.self()).log("the coordinators refuse this node: {}", why);
        }
        refused = why;
    }

    /** Why the coordinators do not want it; empty: they have not said so. */
    public String refused() {
        return refused;
    }

    /** Whether it is being emptied. */
    public boolean isDraining() {
        ClusterMap.Member member = map.node(settings.self());
        return member != null && member.isDraining();
    }

    /** Whoever leads has to hear its beats, or it would be lost at once: all coordinators are linked, or most for a while. */
    private boolean isHeard() {
        int linked = 0;
        for (NodeId coordinator : settings.coordinators()) {
            linked += coordinator.equals(settings.self()) || post.linked().contains(coordinator) ? 1 : 0;
        }
        if (linked * 2 <= settings.coordinators().size()) {
            mostLinkedNanos = 0;
            return false;
        }
        if (mostLinkedNanos == 0) {
            mostLinkedNanos = clock.nanos();
        }
        return linked == settings.coordinators().size() || clock.nanos() - mostLinkedNanos > MOST_LINKED_NANOS;
    }

    private boolean isKnown(ClusterMap now) {
        ClusterMap.Member member = now.node(settings.self());
        return member != null && member.info().life() == settings.life();
    }

    private void lease() {
        boolean now = heardMap
                && leasedNanos != 0
                && clock.nanos() - leasedNanos < TimeUnit.MILLISECONDS.toNanos(settings.leaseMillis());
        if (now != leased) {
            leased = now;
            (now ? LOG.atInfo() : LOG.atWarn())
                    .addKeyValue("node", settings.self())
                    .log(now ? "may act" : "no leading coordinator was heard for a lease: nothing ticks here");
            listeners.forEach(listener -> listener.onLease(now));
        }
    }

    @Override
    public void received(NodeId peer, NodeMessage message) {
        switch (message) {
            case NodeMessage.Lease _ -> {
                leasedNanos = clock.nanos();
                petitions.leads(peer);
                if (!leased) {
                    run(this::lease);
                }
            }
            case NodeMessage.MapNews(ClusterMap newer) -> hear(newer);
            case NodeMessage.Proposed _, NodeMessage.ProposalLost _ -> petitions.answered(message);
            default -> {}
        }
    }

    private void hear(ClusterMap newer) {
        heardMap = true;
        if (newer.version() > map.version()) {
            map = newer; // only the links' thread writes it
            run(this::tellMap);
        }
    }

    private void tellMap() {
        ClusterMap now = map;
        if (now.version() > told.version()) {
            ClusterMap before = told;
            told = now;
            listeners.forEach(listener -> listener.onMap(before, now));
            post.flush();
        }
    }

    /** Waits on a thread that may, until something is so. */
    void await(String what, long millisMax, BooleanSupplier is) {
        long until = clock.nanos() + TimeUnit.MILLISECONDS.toNanos(millisMax);
        while (!is.getAsBoolean()) {
            if (clock.nanos() > until) {
                throw new IllegalStateException("node " + settings.self() + " waited " + millisMax + " ms in vain for "
                        + what + "; are the coordinators " + settings.coordinators()
                        + " up, and in one cluster with it?");
            }
            try {
                clock.threads().sleep(AWAIT_STEP_NANOS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while waiting for " + what, e);
            }
        }
    }

    @Override
    public void close() throws InterruptedException {
        thread.shutdown();
        thread.awaitTermination(END_MILLIS_MAX, TimeUnit.MILLISECONDS);
    }

    /** For listeners that want maps only. */
    static Listener maps(Consumer<ClusterMap> heard) {
        return (_, now) -> heard.accept(now);
    }
}
