package dev.terrane.server.witness;

import dev.terrane.base.Clock;
import dev.terrane.base.NodeId;
import dev.terrane.node.NodeHearer;
import dev.terrane.node.NodeMessage;
import dev.terrane.node.NodePost;
import dev.terrane.node.Question;
import dev.terrane.node.Telling;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers what coordinators ask of this node; nobody else is answered. Hears on the links' thread and waits for nobody; a thread of its own looks. */
public final class Witness implements NodeHearer, AutoCloseable {
    /** Questions that wait; whoever asks more at once gets no answer to them. */
    private static final int WAITING_COUNT_MAX = 32;

    private static final Logger LOG = LoggerFactory.getLogger(Witness.class);

    private final NodePost post;
    private final Set<NodeId> coordinators;
    private final Function<Question.Depths, List<Telling.Queue>> queues;
    private final Lives lives;
    private final Traces traces;
    private final ExecutorService thread;
    private final AtomicInteger waiting = new AtomicInteger();

    /** @param queues how much waits where; may take its time */
    public Witness(
            NodePost post,
            List<NodeId> coordinators,
            Function<Question.Depths, List<Telling.Queue>> queues,
            Lives lives,
            Traces traces,
            Clock clock) {
        this.post = post;
        this.coordinators = Set.copyOf(coordinators);
        this.queues = queues;
        this.lives = lives;
        this.traces = traces;
        this.thread = clock.threads().serial("witness");
    }

    @Override
    public void received(NodeId peer, NodeMessage message) {
        if (!(message instanceof NodeMessage.Ask ask) || !coordinators.contains(peer)) {
            return;
        }
        if (waiting.incrementAndGet() > WAITING_COUNT_MAX) {
            waiting.decrementAndGet();
            return;
        }
        try {
            thread.execute(() -> answer(peer, ask));
        } catch (RejectedExecutionException closing) {
            waiting.decrementAndGet();
        }
    }

    private void answer(NodeId peer, NodeMessage.Ask ask) {
        try {
            waiting.decrementAndGet();
            post.tell(peer, new NodeMessage.Told(ask.request(), look(ask.question())));
            post.flush();
        } catch (RuntimeException bug) {
            LOG.atError().setCause(bug).log("a question of a coordinator could not be answered");
        }
    }

    private Telling look(Question question) {
        return switch (question) {
            case Question.Depths depths -> new Telling.Queues(queues.apply(depths));
            case Question.Life life -> lives.of(life);
            case Question.Who who -> traces.who(who);
            case Question.Lines lines -> traces.lines(lines);
        };
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
