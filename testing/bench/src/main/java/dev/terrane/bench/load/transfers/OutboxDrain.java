package dev.terrane.bench.load.transfers;

import dev.terrane.postgres.service.ServiceOutbox;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Takes up what transfers have to tell others and forgets it, as the server does: the outbox stays short. Owns a thread. */
final class OutboxDrain implements AutoCloseable {
    private static final int TRANSACTIONS_MAX = 64;
    private static final long IDLE_NANOS = 20_000_000;

    private final ServiceOutbox outbox;
    private final Thread thread = new Thread(this::run, "outbox");
    private volatile boolean closed;
    private volatile @Nullable RuntimeException trouble;
    private long eventCount;

    OutboxDrain(ServiceOutbox outbox) {
        this.outbox = outbox;
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try {
            while (!closed) {
                ServiceOutbox.Waiting waiting = outbox.peek(TRANSACTIONS_MAX);
                if (waiting.ids().isEmpty()) {
                    LockSupport.parkNanos(IDLE_NANOS);
                } else {
                    eventCount += waiting.events().size();
                    outbox.drop(waiting.ids());
                }
            }
        } catch (RuntimeException e) {
            trouble = e;
        }
    }

    /** Ends it. How many events there were. Throws what went wrong, if anything did. */
    long end() {
        close();
        RuntimeException found = trouble;
        if (found != null) {
            throw found;
        }
        return eventCount;
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
