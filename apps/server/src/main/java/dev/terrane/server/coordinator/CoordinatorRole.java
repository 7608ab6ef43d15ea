package dev.terrane.server.coordinator;

import dev.terrane.base.CellId;
import dev.terrane.base.CharacterId;
import dev.terrane.base.Clock;
import dev.terrane.base.Meters;
import dev.terrane.base.NodeId;
import dev.terrane.base.WorldId;
import dev.terrane.coordinator.ClusterMap;
import dev.terrane.coordinator.Command;
import dev.terrane.coordinator.CoordinatorLog;
import dev.terrane.coordinator.CoordinatorLog.Proposed;
import dev.terrane.coordinator.CoordinatorState;
import dev.terrane.coordinator.Entry;
import dev.terrane.coordinator.NodeInfo;
import dev.terrane.coordinator.Outcome;
import dev.terrane.node.NodeHearer;
import dev.terrane.node.NodeMessage;
import dev.terrane.node.NodePost;
import dev.terrane.raft.CoordinatorLogException;
import dev.terrane.raft.RaftCoordinatorLog;
import dev.terrane.raft.RaftTrust;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node's part in deciding who owns what. Open it with the node's post, then start the post with it as a hearer.
 *
 * <p>What nodes are told: {@code MapNews} after each change and on each new link, by every coordinator; {@code Lease} for each {@code Beat} of a registered life, by whoever leads; {@code Proposed} or
 * {@code ProposalLost} for each {@code Propose}, by whoever was asked; {@code Claimed} by whoever leads.
 *
 * <p><b>Threading.</b> {@link #received} and the like are called by the post's thread and wait for nobody; deciding has a thread of its own.
 */
public final class CoordinatorRole implements NodeHearer, AutoCloseable {
    private static final Duration HAND_OVER_TRY = Duration.ofSeconds(1);
    private static final long HAND_OVER_NANOS_MAX = TimeUnit.SECONDS.toNanos(1);
    private static final long HAND_OVER_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final Logger LOG = LoggerFactory.getLogger(CoordinatorRole.class);

    private final NodeId self;
    private final CoordinatorLog log;
    private final NodePost post;
    private final Clock clock;
    private final CoordinatorLoop loop;
    /** At the other ends of links. */
    private final Map<NodeId, Long> lives = new ConcurrentHashMap<>();

    private volatile @Nullable Error grave;

    private CoordinatorRole(
            CoordinatorSettings settings, CoordinatorLog log, NodePost post, Clock clock, Meters meters) {
        this.self = settings.self();
        this.log = log;
        this.post = post;
        this.clock = clock;
        this.loop = new CoordinatorLoop(settings, log, post, clock, meters, this::end);
    }

    /**
     * Takes part from now on. Blocks on the disk.
     *
     * @throws CoordinatorLogException if the folder or the log's address cannot be used
     */
    public static CoordinatorRole open(CoordinatorSettings settings, NodePost post, Clock clock, Meters meters) {
        return over(RaftCoordinatorLog.open(settings.raft()), settings, post, clock, meters);
    }

    /** The same, with a log that only coordinators with these certificates reach. */
    public static CoordinatorRole open(
            CoordinatorSettings settings, RaftTrust trust, NodePost post, Clock clock, Meters meters) {
        return over(RaftCoordinatorLog.open(settings.raft().with(trust)), settings, post, clock, meters);
    }

    /** The same, with a log that is open. */
    public static CoordinatorRole over(
            CoordinatorLog log, CoordinatorSettings settings, NodePost post, Clock clock, Meters meters) {
        CoordinatorRole role = new CoordinatorRole(settings, log, post, clock, meters);
        role.loop.start();
        return role;
    }

    /** For administrators' entries and for reading. */
    public CoordinatorLog log() {
        return log;
    }

    /** What this coordinator's copy says. Any thread. */
    public ClusterMap map() {
        return loop.map();
    }

    /** Why it takes no part any more though it was not closed; null while all is well. The process should end. */
    public @Nullable Throwable broken() {
        Throwable why = grave;
        return why == null && log instanceof RaftCoordinatorLog raft ? raft.broken() : why;
    }

    /** By the thread that decides: without it others have to lead, even if this process does not come to its end. */
    private void end(Error why) {
        grave = why;
        if (log instanceof RaftCoordinatorLog raft) {
            raft.close();
        }
    }

    public NodeId self() {
        return self;
    }

    /** For administrators' questions to nodes. */
    Inquiries inquiries() {
        return loop.inquiries();
    }

    /** What there is to simulate. */
    WorldPlan world() {
        return loop.world();
    }

    CoordinatorLoop loop() {
        return loop;
    }

    @Override
    public void connected(NodeId peer, long life) {
        lives.put(peer, life);
        long now = clock.nanos();
        loop.pulses().heard(peer, life, now);
        loop.whereabouts().linked(peer, life, now);
        loop.linked(peer);
    }

    @Override
    public void lost(NodeId peer, long life) {
        lives.remove(peer, life);
        long now = clock.nanos();
        loop.pulses().reset(peer, life, now);
        loop.whereabouts().unlinked(peer, now);
        loop.wake();
    }

    @Override
    public void absent(NodeId peer) {
        if (loop.pulses().absent(peer)) {
            loop.wake();
        }
    }

    @Override
    public void received(NodeId peer, NodeMessage message) {
        switch (message) {
            case NodeMessage.Beat(long life, long mapVersion) -> {
                loop.pulses().beat(peer, life, clock.nanos());
                loop.crowds().acts(peer, mapVersion);
            }
            case NodeMessage.Loads loads -> loop.loads().heard(peer, loads);
            case NodeMessage.Crowds crowds -> {
                loop.crowds().heard(peer, crowds);
                loop.whereabouts().heard(peer, crowds, clock.nanos());
            }
            case NodeMessage.Propose(long request, Entry entry) -> propose(peer, request, entry);
            case NodeMessage.AvatarNews news -> loop.whereabouts().heard(peer, news, clock.nanos());
            case NodeMessage.Claim(long request, CharacterId character, CellId entrance) ->
                claim(peer, request, character, entrance);
            case NodeMessage.Told told -> loop.inquiries().told(peer, told);
            case NodeMessage.Abandon(CharacterId character, long ticket) ->
                loop.whereabouts().abandon(character, ticket);
            default -> {
                // For other roles of this node.
            }
        }
    }

    private void claim(NodeId peer, long request, CharacterId character, CellId entrance) {
        NodeMessage.Claimed claimed = loop.whereabouts().claim(request, character, entrance, clock.nanos());
        if (claimed != null) {
            loop.counts().claimed(claimed.verdict());
            answer(peer, claimed);
        }
    }

    private void propose(NodeId by, long request, Entry asked) {
        Entry entry = asked.at(clock.epochMillis());
        WorldId world = world().id();
        ProposalRules.Verdict verdict =
                log.read(state -> ProposalRules.judge(by, life(by, entry, state), entry, state, world));
        switch (verdict) {
            case ProposalRules.Verdict.Allowed() -> propose(entry, by, request);
            case ProposalRules.Verdict.Refused(String why) -> {
                loop.counts().proposalRefused();
                answer(by, new NodeMessage.Proposed(request, new Outcome.Refused(Outcome.Reason.WRONG_NODE, why)));
            }
            case ProposalRules.Verdict.Unsure(String why) -> answer(by, new NodeMessage.ProposalLost(request, why));
        }
    }

    /** There is no link to the own node: it is trusted to know its life. */
    private long life(NodeId by, Entry entry, CoordinatorState state) {
        if (!by.equals(self)) {
            return lives.getOrDefault(by, 0L);
        }
        return entry.command() instanceof Command.RegisterNode register
                ? register.info().life()
                : state.nodes().stream()
                        .filter(info -> info.node().equals(self))
                        .mapToLong(NodeInfo::life)
                        .findFirst()
                        .orElse(0);
    }

    private void propose(Entry entry, NodeId by, long request) {
        try {
            log.propose(
                    entry,
                    became -> answer(
                            by,
                            switch (became) {
                                case Proposed.Applied applied -> new NodeMessage.Proposed(request, applied.outcome());
                                case Proposed.Unknown(String why) -> new NodeMessage.ProposalLost(request, why);
                            }));
        } catch (IllegalArgumentException tooLong) {
            answer(
                    by,
                    new NodeMessage.Proposed(
                            request,
                            new Outcome.Refused(Outcome.Reason.TOO_MUCH, String.valueOf(tooLong.getMessage()))));
        }
    }

    private void answer(NodeId to, NodeMessage answer) {
        post.tell(to, answer);
        post.flush();
    }

    /**
     * Before a planned stop: if it leads, another one does afterwards. What is written in that moment makes the election of the other fail, so it is tried again. Blocks, for as
     * many seconds as there are others and one more at most; nobody is asked who is about
     * to end, too.
     *
     * @return false if it still leads, or nobody does
     */
    public boolean handOver() {
        if (!(log instanceof RaftCoordinatorLog raft) || !raft.leadership().isHere()) {
            return true;
        }
        String self = raft.leadership().leader();
        long untilNanos = System.nanoTime() + HAND_OVER_NANOS_MAX;
        while (!isLedByAnother(raft, self)) {
            List<NodeId> heirs = heirs();
            if (heirs.isEmpty() || System.nanoTime() - untilNanos >= 0) {
                return false;
            }
            for (NodeId heir : heirs) {
                if (raft.leadership().isHere()) {
                    boolean leads = raft.handOver(heir.name(), HAND_OVER_TRY);
                    LOG.atInfo()
                            .addKeyValue("to", heir)
                            .addKeyValue("leads", leads)
                            .log("hands leadership over");
                }
            }
            LockSupport.parkNanos(HAND_OVER_PAUSE_NANOS); // an election may be underway
        }
        return true;
    }

    private static boolean isLedByAnother(RaftCoordinatorLog raft, String self) {
        String leader = raft.leadership().leader();
        return !leader.isEmpty() && !leader.equals(self);
    }

    private List<NodeId> heirs() {
        return map().nodes().stream()
                .filter(member -> member.info().does(NodeInfo.Role.COORDINATOR)
                        && !member.isDraining()
                        && post.linked().contains(member.node()))
                .map(ClusterMap.Member::node)
                .toList();
    }

    /** As abrupt as a kill, as far as the log is concerned: another leads after an election. */
    @Override
    public void close() {
        loop.stop();
        if (log instanceof RaftCoordinatorLog raft) {
            raft.close();
        }
    }
}
