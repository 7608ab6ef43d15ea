package dev.terrane.server.cluster;

import dev.terrane.base.Clock;
import dev.terrane.base.NodeId;
import dev.terrane.coordinator.Command;
import dev.terrane.coordinator.Entry;
import dev.terrane.coordinator.Outcome;
import dev.terrane.node.NodeMessage;
import dev.terrane.node.NodePost;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What this node has asked of the log and not heard of yet. Any coordinator takes it on to whoever leads. Any thread; guarded by itself. */
final class Petitions {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(3);
    private static final int WAITING_COUNT_MAX = 4_096;

    private final NodeId self;
    private final List<NodeId> coordinators;
    private final NodePost post;
    private final Clock clock;
    private final Map<Long, Waiting> waiting = new HashMap<>();
    private long lastRequest;
    /** Who granted the last lease: asked first, which saves the way through another coordinator. */
    private volatile @Nullable NodeId leader;

    private record Waiting(CompletableFuture<Outcome> answer, long untilNanos, Command command) {}

    Petitions(NodeId self, List<NodeId> coordinators, NodePost post, Clock clock) {
        this.self = self;
        this.coordinators = coordinators;
        this.post = post;
        this.clock = clock;
    }

    /** That one leads, or did a moment ago. */
    void leads(NodeId coordinator) {
        leader = coordinator;
    }

    /**
     * @param onBehalfOf an administrator's name; empty: the node's own wish
     * @param reason his; empty for the node
     */
    CompletableFuture<Outcome> propose(Command command, String onBehalfOf, String reason) {
        CompletableFuture<Outcome> answer = new CompletableFuture<>();
        long request;
        synchronized (this) {
            if (waiting.size() >= WAITING_COUNT_MAX) {
                answer.completeExceptionally(new IllegalStateException("too much is being asked of the coordinators"));
                return answer;
            }
            request = ++lastRequest;
            waiting.put(request, new Waiting(answer, clock.nanos() + PATIENCE_NANOS, command));
        }
        NodeMessage asked = new NodeMessage.Propose(request, new Entry(0, author(onBehalfOf), reason, command));
        boolean told = false;
        NodeId first = leader;
        if (first != null) {
            told = post.tell(first, asked);
        }
        for (NodeId coordinator : coordinators) {
            told = told || post.tell(coordinator, asked);
        }
        post.flush();
        if (!told) {
            fail(request, "there is no link to any of the coordinators " + coordinators);
        }
        return answer;
    }

    private String author(String onBehalfOf) {
        String node = "node " + self;
        return onBehalfOf.isEmpty() ? node : "admin " + onBehalfOf + " by " + node;
    }

    void answered(NodeMessage message) {
        switch (message) {
            case NodeMessage.Proposed(long request, Outcome outcome) -> {
                Waiting asked = remove(request);
                if (asked != null) {
                    asked.answer.complete(outcome);
                }
            }
            case NodeMessage.ProposalLost(long request, String why) -> fail(request, why);
            default -> {}
        }
    }

    private void fail(long request, String why) {
        Waiting asked = remove(request);
        if (asked != null) {
            asked.answer.completeExceptionally(new IllegalStateException(asked.command + ": " + why));
        }
    }

    private synchronized @Nullable Waiting remove(long request) {
        return waiting.remove(request);
    }

    /** Those that nobody answers: the coordinator that was asked may be gone. */
    void forgetOld() {
        List<Long> old;
        synchronized (this) {
            old = waiting.entrySet().stream()
                    .filter(entry -> clock.nanos() > entry.getValue().untilNanos)
                    .map(Map.Entry::getKey)
                    .toList();
        }
        old.forEach(request -> fail(request, "no coordinator answered"));
    }
}
