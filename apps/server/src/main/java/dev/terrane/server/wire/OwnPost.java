package dev.terrane.server.wire;

import dev.terrane.base.NodeId;
import dev.terrane.node.NodeHearer;
import dev.terrane.node.NodeMessage;
import dev.terrane.queue.Inbox;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a node tells itself: heard on the same thread as everything else, in order. Messages are handed over as they are. */
final class OwnPost {
    /** More than a busy node says between two turns of its links' thread; when it is full, telling is refused. */
    static final int MESSAGE_COUNT_MAX = 65_536;
    /** In one turn, so that links are heard in between. */
    private static final int TURN_COUNT_MAX = 1_024;

    private static final Logger LOG = LoggerFactory.getLogger(OwnPost.class);

    private final NodeId self;
    private final NodeHearer hearer;
    private final Executor thread;
    private final Inbox<NodeMessage> waiting = new Inbox<>(MESSAGE_COUNT_MAX);
    private final AtomicBoolean asked = new AtomicBoolean();

    OwnPost(NodeId self, NodeHearer hearer, Executor thread) {
        this.self = self;
        this.hearer = hearer;
        this.thread = thread;
    }

    boolean leave(NodeMessage message) {
        return waiting.offer(message);
    }

    void flush() {
        if (waiting.size() > 0 && asked.compareAndSet(false, true)) {
            try {
                thread.execute(this::deliver);
            } catch (RejectedExecutionException closed) {
                LOG.debug("a message to the own node came after the end");
            }
        }
    }

    int size() {
        return waiting.size();
    }

    private void deliver() {
        asked.set(false);
        waiting.drain(this::tell, TURN_COUNT_MAX);
        flush();
    }

    private void tell(NodeMessage message) {
        try {
            hearer.received(self, message);
        } catch (RuntimeException bug) {
            LOG.atError().setCause(bug).log("whoever hears of the own node has failed");
        }
    }
}
