package dev.terrane.server.coordinator;

import dev.terrane.base.Clock;
import dev.terrane.base.NodeId;
import dev.terrane.node.NodeMessage;
import dev.terrane.node.NodePost;
import dev.terrane.node.Question;
import dev.terrane.node.Telling;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Questions of administrators that nodes are asked, until all have answered or time is over. Any thread; waits for nobody. */
final class Inquiries {
    /** Who has not answered by then is called silent. */
    static final long ANSWER_NANOS_MAX = TimeUnit.SECONDS.toNanos(2);
    /** At once; who asks more is told to come again. */
    static final int COUNT_MAX = 64;

    private final NodePost post;
    private final Clock clock;
    private final AtomicLong lastRequest = new AtomicLong();
    private final Map<Long, Inquiry> open = new ConcurrentHashMap<>();

    /** @param silent did not answer in time, or there was no way to them */
    record Answers(SortedMap<NodeId, Telling> told, Set<NodeId> silent) {
        /** Of those who told of events. */
        List<Told> events() {
            return told.entrySet().stream()
                    .filter(each -> each.getValue() instanceof Telling.Events)
                    .flatMap(each -> ((Telling.Events) each.getValue())
                            .events().stream().map(event -> new Told(each.getKey(), event)))
                    .toList();
        }

        /** Whether one of them remembers less than there was. */
        boolean isCut() {
            return told.values().stream().anyMatch(each -> each instanceof Telling.Events events && events.isCut());
        }
    }

    /** What a node says has happened. */
    record Told(NodeId node, Telling.Event event) {}

    private static final class Inquiry {
        private final long sinceNanos;
        private final SortedSet<NodeId> awaited = new TreeSet<>();
        private final SortedSet<NodeId> unreached = new TreeSet<>();
        private final TreeMap<NodeId, Telling> told = new TreeMap<>();
        private final CompletableFuture<Answers> answer = new CompletableFuture<>();

        private Inquiry(long nowNanos) {
            sinceNanos = nowNanos;
        }

        private synchronized void hear(NodeId node, Telling telling) {
            if (awaited.remove(node)) {
                told.put(node, telling);
                endIfAll();
            }
        }

        private synchronized void endIfAll() {
            if (awaited.isEmpty()) {
                end();
            }
        }

        private synchronized void end() {
            unreached.addAll(awaited);
            awaited.clear();
            answer.complete(new Answers(new TreeMap<>(told), new TreeSet<>(unreached)));
        }
    }

    Inquiries(NodePost post, Clock clock) {
        this.post = post;
        this.clock = clock;
    }

    /** Completed in any case, at the latest when {@link #look} finds that it is time; exceptionally with {@link TooManyException} at once. */
    CompletionStage<Answers> ask(Collection<NodeId> nodes, Question question) {
        if (open.size() >= COUNT_MAX) {
            return CompletableFuture.failedStage(new TooManyException());
        }
        long request = lastRequest.incrementAndGet();
        Inquiry inquiry = new Inquiry(clock.nanos());
        open.put(request, inquiry);
        inquiry.answer.whenComplete((_, _) -> open.remove(request));
        synchronized (inquiry) {
            inquiry.awaited.addAll(nodes);
            for (NodeId node : nodes) {
                if (!post.tell(node, new NodeMessage.Ask(request, question))) {
                    inquiry.awaited.remove(node);
                    inquiry.unreached.add(node);
                }
            }
        }
        post.flush();
        inquiry.endIfAll();
        return inquiry.answer;
    }

    /** More questions are open than are kept. */
    static final class TooManyException extends RuntimeException {
        TooManyException() {
            super(COUNT_MAX + " questions wait for their answers; ask again in a moment");
        }
    }

    void told(NodeId node, NodeMessage.Told told) {
        Inquiry inquiry = open.get(told.request());
        if (inquiry != null) {
            inquiry.hear(node, told.telling());
        }
    }

    /** What time has decided. */
    void look(long nowNanos) {
        for (Inquiry inquiry : List.copyOf(open.values())) {
            if (nowNanos - inquiry.sinceNanos >= ANSWER_NANOS_MAX) {
                inquiry.end();
            }
        }
    }
}
