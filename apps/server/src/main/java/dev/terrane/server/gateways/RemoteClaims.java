package dev.terrane.server.gateways;

import dev.terrane.base.CharacterId;
import dev.terrane.base.Clock;
import dev.terrane.base.NodeId;
import dev.terrane.coordinator.ClusterMap;
import dev.terrane.coordinator.NodeInfo;
import dev.terrane.directory.Claim;
import dev.terrane.node.NodeMessage;
import dev.terrane.node.NodePost;
import dev.terrane.server.edge.Claims;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Asks all coordinators where avatars live; only the one that leads answers, and the first answer counts. A claim that comes too late, or a second one, is given back to
 * whoever granted it.
 */
final class RemoteClaims implements Claims {
    static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(1);
    /** An answer that is still on its way after this time went down with a link. */
    private static final long REMEMBERED_NANOS = TimeUnit.MINUTES.toNanos(1);

    private static final Claim UNKNOWN = new Claim.Spawning();

    private final NodePost post;
    private final Supplier<ClusterMap> map;
    private final Clock clock;
    private final long patienceNanos;
    private final AtomicLong lastRequest = new AtomicLong();
    private final Map<Long, Asked> asked = new ConcurrentHashMap<>();

    private record Asked(CharacterId character, long atNanos, CompletableFuture<Claim> answer) {}

    RemoteClaims(NodePost post, Supplier<ClusterMap> map, Clock clock, long patienceNanos) {
        this.post = post;
        this.map = map;
        this.clock = clock;
        this.patienceNanos = patienceNanos;
    }

    @Override
    public List<Claim> claim(List<Wanted> wanted) {
        long nowNanos = clock.nanos();
        asked.values().removeIf(each -> nowNanos - each.atNanos() > REMEMBERED_NANOS);
        List<NodeId> coordinators = coordinators();
        List<Asked> waiting = new ArrayList<>();
        boolean anyLeft = false;
        for (Wanted each : wanted) {
            long request = lastRequest.incrementAndGet();
            Asked question = new Asked(each.character(), nowNanos, new CompletableFuture<>());
            asked.put(request, question);
            waiting.add(question);
            for (NodeId coordinator : coordinators) {
                anyLeft |= post.tell(coordinator, new NodeMessage.Claim(request, each.character(), each.entrance()));
            }
        }
        post.flush();
        long deadlineNanos = anyLeft ? nowNanos + patienceNanos : nowNanos;
        return waiting.stream()
                .map(question -> await(question.answer(), deadlineNanos))
                .toList();
    }

    private Claim await(CompletableFuture<Claim> answer, long deadlineNanos) {
        try {
            return clock.threads().await(answer, Math.max(0, deadlineNanos - clock.nanos()));
        } catch (TimeoutException late) {
            return answer.complete(UNKNOWN) ? UNKNOWN : answer.resultNow(); // it came in this very moment
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return answer.complete(UNKNOWN) ? UNKNOWN : answer.resultNow();
        } catch (ExecutionException impossible) {
            throw new IllegalStateException("nobody lets an answer fail", impossible);
        }
    }

    private List<NodeId> coordinators() {
        return map.get().nodes().stream()
                .filter(member -> member.info().does(NodeInfo.Role.COORDINATOR))
                .map(ClusterMap.Member::node)
                .toList();
    }

    /** On the links' thread. */
    void answered(NodeId from, NodeMessage.Claimed claimed) {
        Asked question = asked.get(claimed.request());
        Claim claim = switch (claimed.verdict()) {
            case LOCATED -> new Claim.Located(claimed.cell(), claimed.entity());
            case YOURS -> new Claim.Yours(claimed.ticket());
            case NOT_YET -> UNKNOWN;
        };
        boolean counts = question != null && question.answer().complete(claim);
        if (question != null && !counts && claim instanceof Claim.Yours yours) {
            post.tell(from, new NodeMessage.Abandon(question.character(), yours.ticket()));
            post.flush();
        }
    }

    @Override
    public void abandon(CharacterId character, long ticket) {
        for (NodeId coordinator : coordinators()) {
            post.tell(coordinator, new NodeMessage.Abandon(character, ticket));
        }
        post.flush();
    }
}
