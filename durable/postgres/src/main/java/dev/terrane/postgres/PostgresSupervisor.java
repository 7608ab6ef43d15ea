package dev.terrane.postgres;

import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts our own server again when it ends while it is in use: somebody killed it, or its disk was full. A PostgreSQL that finds no room for its log panics, cannot
 * recover for the same reason, and ends; when there is room again nobody else would start it.
 *
 * <pre>
 *   running ──gone──► start ──► running
 *                ▲      │ cannot: pause, longer each time
 *                └──────┘
 * </pre>
 *
 * <p>Owns a thread, which looks twice a second.
 */
final class PostgresSupervisor implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresSupervisor.class);
    private static final long LOOK_MILLIS = 500;
    /** Somebody has just made room, and waits. */
    private static final long PAUSE_MILLIS_MAX = 4_000;

    private final Server server;
    private final AtomicInteger restarts = new AtomicInteger();
    private final Thread thread =
            Thread.ofPlatform().daemon().name("postgres-supervisor").unstarted(this::run);
    private volatile boolean closed;

    /** What is supervised. Called by the supervisor's thread only; may block. */
    interface Server {
        boolean isRunning() throws Exception;

        /** Why it does not start; empty when it runs. */
        String start() throws Exception;
    }

    PostgresSupervisor(Server server) {
        this.server = server;
        thread.start();
    }

    private void run() {
        try {
            while (!closed) {
                Thread.sleep(LOOK_MILLIS);
                if (!isRunning()) {
                    revive();
                }
            }
        } catch (InterruptedException _) {
            // closed
        }
    }

    /** When nobody can say, it is left alone. */
    private boolean isRunning() throws InterruptedException {
        try {
            return server.isRunning();
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            LOG.debug("the database's process cannot be looked at", e);
            return true;
        }
    }

    private void revive() throws InterruptedException {
        LOG.error("the database has ended by itself; it is started again, and what is durable waits meanwhile");
        for (long pause = LOOK_MILLIS; ; pause = Math.min(PAUSE_MILLIS_MAX, 2 * pause)) {
            String why = start();
            if (why.isEmpty()) {
                LOG.warn("the database runs again, start {} since the first", restarts.incrementAndGet());
                return;
            }
            if (closed) {
                return;
            }
            LOG.warn("the database does not start, next try in {} ms: {}", pause, why);
            Thread.sleep(pause);
        }
    }

    private String start() throws InterruptedException {
        try {
            return server.start();
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            return String.valueOf(e);
        }
    }

    /** How often it had to be started again. Any thread. */
    int restartCount() {
        return restarts.get();
    }

    /** Returns when nobody starts it any more. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
