package dev.terrane.server.coordinator;

import dev.terrane.base.Clock;
import dev.terrane.base.Meters;
import dev.terrane.base.NodeId;
import dev.terrane.base.Threads;
import dev.terrane.coordinator.AuditEntry;
import dev.terrane.coordinator.CellGrant;
import dev.terrane.coordinator.ClusterMap;
import dev.terrane.coordinator.Command;
import dev.terrane.coordinator.CoordinatorLog;
import dev.terrane.coordinator.CoordinatorLog.Leadership;
import dev.terrane.coordinator.CoordinatorLog.Proposed;
import dev.terrane.coordinator.Entry;
import dev.terrane.coordinator.NodeInfo;
import dev.terrane.coordinator.Outcome;
import dev.terrane.node.NodeMessage;
import dev.terrane.node.NodePost;
import dev.terrane.placement.cluster.ClusterDecision;
import dev.terrane.steward.Steward;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The coordinator's own thread: follows the log, tells maps, and leads while it leads. */
final class CoordinatorLoop {
    private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long TIDY_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long STOP_MILLIS_MAX = 5_000;
    private static final Logger LOG = LoggerFactory.getLogger(CoordinatorLoop.class);

    private final CoordinatorSettings settings;
    private final CoordinatorLog log;
    private final NodePost post;
    private final Clock clock;
    private final CoordinatorMeters counts;
    private final Pulses pulses = new Pulses();
    private final LoadBook loads = new LoadBook();
    private final CrowdBook crowds = new CrowdBook();
    private final LayerMeters layers;
    private final Whereabouts whereabouts = new Whereabouts();
    private final Inquiries inquiries;
    private final MapTeller teller;
    /** As many as the log lets be underway, at most. */
    private final Queue<Answered> answers = new ConcurrentLinkedQueue<>();

    private final Threads.Strand thread;
    /** Told why this thread cannot go on. */
    private final Consumer<Error> end;
    /** Since the last step began: what that one does may take the thread's own permit. */
    private volatile boolean woken;

    private volatile boolean stopping;
    private volatile Leadership leadership = new Leadership(0, "", false);
    private volatile ClusterMap map = ClusterMap.EMPTY;
    private volatile @Nullable ClusterDecision decision;
    private volatile boolean changed = true;
    // What follows belongs to the thread.
    private @Nullable Reign reign;
    private long steppedNanos;
    private long tidiedNanos;
    private long floorNanos;
    private long complainedNanos;
    private long toldIndex;

    /**
     * What one leadership needs.
     *
     * @param takenBack overrides that are being taken back
     */
    private record Reign(
            long term,
            Steward steward,
            PlannedSeating seating,
            CrowdDesk crowds,
            LadderDesk pace,
            AgreementDesk agreement,
            Set<String> takenBack) {}

    private record Answered(Reign reign, Entry entry) {}

    private record Decided(List<Entry> entries, List<NodeId> leases) {}

    CoordinatorLoop(
            CoordinatorSettings settings,
            CoordinatorLog log,
            NodePost post,
            Clock clock,
            Meters meters,
            Consumer<Error> end) {
        this.settings = settings;
        this.log = log;
        this.post = post;
        this.clock = clock;
        this.end = end;
        this.inquiries = new Inquiries(post, clock);
        this.teller = new MapTeller(settings.self(), post);
        this.counts = new CoordinatorMeters(meters, this);
        this.layers = new LayerMeters(meters, settings.world(), this::map);
        this.thread = clock.threads().strand("coordinator", this::run);
    }

    void start() {
        steppedNanos = clock.nanos();
        floorNanos = steppedNanos - TimeUnit.DAYS.toNanos(1);
        complainedNanos = floorNanos;
        log.onChange(() -> {
            changed = true;
            wake();
        });
        thread.start();
    }

    WorldPlan world() {
        return settings.world();
    }

    /** All that there should be. */
    List<NodeId> coordinators() {
        return settings.peers().stream().map(peer -> new NodeId(peer.name())).toList();
    }

    Leadership leadership() {
        return leadership;
    }

    ClusterMap map() {
        return map;
    }

    /** The last look at the cluster of the present leadership; null: none yet, or somebody else leads. */
    @Nullable
    ClusterDecision decision() {
        return decision;
    }

    long nodesDesired() {
        ClusterDecision last = decision;
        return last == null ? 0 : last.nodesDesired();
    }

    Pulses pulses() {
        return pulses;
    }

    LoadBook loads() {
        return loads;
    }

    CrowdBook crowds() {
        return crowds;
    }

    Whereabouts whereabouts() {
        return whereabouts;
    }

    Inquiries inquiries() {
        return inquiries;
    }

    CoordinatorMeters counts() {
        return counts;
    }

    /** There is a new link. Any thread. */
    void linked(NodeId node) {
        teller.linked(node);
        wake();
    }

    /** Something has happened that should not wait for the next step. Any thread. */
    void wake() {
        woken = true;
        thread.wake();
    }

    private void run() {
        while (!stopping) {
            woken = false;
            try {
                step();
            } catch (RuntimeException bug) {
                complain(bug);
            } catch (Error grave) {
                // Memory, or classes, are missing: who knows what is half done. The log would go on leading, and nobody
                // would get a lease, or be looked after.
                end(grave);
                throw grave;
            }
            if (!woken) {
                clock.threads().park(STEP_NANOS);
            }
        }
    }

    private void end(Error grave) {
        reign = null;
        decision = null;
        leadership = new Leadership(leadership.term(), "", false);
        end.accept(grave);
    }

    /** Once per second: the next step may fail as this one did. */
    private void complain(RuntimeException bug) {
        long now = clock.nanos();
        if (now - complainedNanos > TIDY_NANOS) {
            complainedNanos = now;
            LOG.atError().setCause(bug).log("a step of the coordinator failed");
        }
    }

    private void step() {
        long now = clock.nanos();
        long silence = settings.timing().silenceNanos();
        if (now - steppedNanos > silence / 2) {
            counts.stalled();
            // This process stood still: who was silent for it is not silent. But not again and again: a machine that
            // stutters has to see who is dead, too.
            floorNanos = now - floorNanos > 2 * silence ? now : floorNanos;
        }
        steppedNanos = now;
        follow(now);
        lead(now);
        Reign current = reign;
        if (current != null) {
            decide(current, now);
        }
        teller.tell(map);
        if (now - tidiedNanos > TIDY_NANOS) {
            tidiedNanos = now;
            List<NodeInfo> registered =
                    map.nodes().stream().map(ClusterMap.Member::info).toList();
            pulses.forget(registered, now);
            crowds.retain(registered.stream().map(NodeInfo::node).toList());
        }
        whereabouts.look(now);
        inquiries.look(now);
        post.flush();
    }

    private void follow(long now) {
        if (changed) {
            changed = false;
            map = log.read(ClusterMap::of);
            whereabouts.follow(map, now);
            tellAdmins();
        }
    }

    /** What administrators have said since the last look, at whoever leads: the state forgets it some day. */
    private void tellAdmins() {
        long since = toldIndex;
        toldIndex = map.version();
        if (leadership.isHere()) {
            for (AuditEntry line : log.read(state -> state.adminAudit(since))) {
                LOG.atInfo()
                        .addKeyValue("index", line.index())
                        .addKeyValue("author", line.author())
                        .addKeyValue("reason", line.reason())
                        .addKeyValue("command", line.text())
                        .log("an administrator decides");
                toldIndex = Math.max(toldIndex, line.index());
            }
        }
    }

    private void lead(long now) {
        Leadership seen = log.leadership();
        Reign before = reign;
        if (seen.isHere() && (before == null || before.term != seen.term())) {
            PlannedSeating seating = new PlannedSeating(settings.world(), loads, now);
            Steward steward =
                    new Steward(seen.term(), settings.timing(), settings.world().cells(), seating, now);
            AgreementDesk agreement = new AgreementDesk(seen.term(), coordinators());
            CrowdDesk desk = new CrowdDesk(seen.term(), settings.world(), crowds, loads, layers, now);
            LadderDesk pace = new LadderDesk(seen.term(), settings.world(), crowds, now);
            reign = new Reign(seen.term(), steward, seating, desk, pace, agreement, new HashSet<>());
            LOG.atInfo().addKeyValue("term", seen.term()).log("this coordinator leads");
        } else if (!seen.isHere() && before != null) {
            reign = null;
            layers.crowded(Set.of());
            decision = null;
            LOG.atInfo().addKeyValue("term", before.term).log("this coordinator leads no more");
        }
        whereabouts.lead(seen.isHere() ? seen.term() : 0, now);
        leadership = seen;
    }

    private void decide(Reign current, long now) {
        Answered answered;
        while ((answered = answers.poll()) != null) {
            if (answered.reign == current) {
                current.steward.answered(answered.entry);
                current.crowds.answered(answered.entry);
                current.pace.answered(answered.entry);
                current.agreement.answered(answered.entry);
                if (answered.entry.command() instanceof Command.SetOverride(String name, String _)) {
                    current.takenBack.remove(name);
                }
                current.takenBack.remove(answered.entry.command().toString());
            }
        }
        current.seating.at(now);
        Decided decided = log.read(state -> {
            List<NodeInfo> registered = state.nodes();
            pulses.tell(current.steward, registered, floorNanos);
            List<Entry> entries = new ArrayList<>(current.steward.step(state, now));
            current.pace.step(state, now, clock.epochMillis()).ifPresent(entries::add);
            entries.addAll(current.crowds.step(state, now, current.pace.isPressed()));
            entries.addAll(current.agreement.step(state));
            for (String done : current.seating.movesDone(state)) {
                Command takenBack = new Command.SetOverride(done, "");
                if (current.takenBack.add(done)) {
                    entries.add(new Entry(current.term, "leader", "it is there, or cannot be", takenBack));
                }
            }
            entries.replaceAll(entry -> Errands.named(entry, state));
            for (Command forgotten : Errands.forgotten(state, clock.epochMillis())) {
                if (current.takenBack.add(forgotten.toString())) {
                    entries.add(new Entry(current.term, "leader", "the trace is over", forgotten));
                }
            }
            return new Decided(entries, pulses.leases(registered));
        });
        decision = current.seating.decision();
        for (Entry entry : decided.entries) {
            propose(current, entry);
        }
        for (NodeId node : decided.leases) {
            post.tell(node, new NodeMessage.Lease(current.term));
        }
    }

    private void propose(Reign current, Entry entry) {
        log(entry);
        long proposedNanos = clock.nanos();
        log.propose(entry.at(clock.epochMillis()), answer -> {
            if (answer instanceof Proposed.Applied applied) {
                counts.decided(entry.command(), applied.outcome());
                if (entry.command() instanceof Command.NodeLost(NodeId node, long _)) {
                    tellSucceeded(node, applied.outcome(), clock.nanos() - proposedNanos);
                }
            }
            answers.add(new Answered(current, entry));
            wake();
        });
    }

    private void tellSucceeded(NodeId node, Outcome outcome, long commitNanos) {
        counts.committed(commitNanos);
        LOG.atInfo()
                .addKeyValue("node", node)
                .addKeyValue("cells", outcome instanceof Outcome.Granted(List<CellGrant> grants) ? grants.size() : 0)
                .addKeyValue("commitMicros", TimeUnit.NANOSECONDS.toMicros(commitNanos))
                .log("cells of a lost node go on as their copies");
    }

    private void log(Entry entry) {
        if (entry.command() instanceof Command.NodeLost(NodeId node, long life)) {
            long silentNanos = pulses.ageNanos(node, clock.nanos());
            counts.detected(silentNanos);
            LOG.atWarn()
                    .addKeyValue("node", node)
                    .addKeyValue("life", life)
                    .addKeyValue("silentMillis", TimeUnit.NANOSECONDS.toMillis(silentNanos))
                    .addKeyValue("signs", pulses.signs(node))
                    .log("a node is lost");
        } else {
            LOG.atInfo().addKeyValue("command", entry.command()).log("the leader decides");
        }
    }

    /** From any thread but the own. */
    void stop() {
        stopping = true;
        wake();
        try {
            thread.join(STOP_MILLIS_MAX);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
