package dev.terrane.raft;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells a listener of changes, on a thread of its own. What changes before it listens is told at once with the rest. */
final class ChangeTeller {
    private static final Logger LOG = LoggerFactory.getLogger(ChangeTeller.class);

    private final Executor thread;
    private final AtomicBoolean due = new AtomicBoolean();
    private volatile Runnable listener = () -> {};

    ChangeTeller(Executor thread) {
        this.thread = thread;
    }

    void listener(Runnable newListener) {
        listener = newListener;
        changed();
    }

    void changed() {
        if (due.compareAndSet(false, true)) {
            thread.execute(this::tell);
        }
    }

    private void tell() {
        due.set(false);
        try {
            listener.run();
        } catch (RuntimeException e) {
            LOG.error("a listener of the coordinators' log failed", e);
        }
    }
}
