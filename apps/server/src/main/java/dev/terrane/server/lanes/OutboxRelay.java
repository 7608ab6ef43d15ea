package dev.terrane.server.lanes;

import dev.terrane.base.Meters;
import dev.terrane.checkpoint.StoreUnavailableException;
import dev.terrane.postgres.service.ServiceOutbox;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes on what one schema's outbox holds: commands to their lanes, events to whoever listens; then drops it. Dying in between, it tells the same again. In order: one thread
 * per outbox.
 */
final class OutboxRelay implements AutoCloseable {
    private static final int TRANSACTIONS_MAX = 64;
    private static final long BUSY_POLL_MILLIS = 20;
    private static final long IDLE_POLL_MILLIS = 250;
    private static final long AWAY_MILLIS = 1_000;
    private static final long STOP_MILLIS_MAX = 2_000;
    private static final Logger LOG = LoggerFactory.getLogger(OutboxRelay.class);

    private final String name;
    private final ServiceOutbox outbox;
    private final OutboxAppends appends;
    private final EventDesk events;
    private final BooleanSupplier turn;
    private final Thread thread;
    private final Object lock = new Object();
    private boolean nudged;
    private boolean running = true;
    private volatile long lagMillis;

    /** Where it brings what it passes on. */
    record Takers(OutboxAppends appends, EventDesk events) {}

    /** @param turn whether it is this process that passes on, and not another; may wait for the store */
    OutboxRelay(String name, ServiceOutbox outbox, Takers takers, BooleanSupplier turn, Meters meters) {
        this.name = name;
        this.outbox = outbox;
        this.appends = takers.appends();
        this.events = takers.events();
        this.turn = turn;
        this.thread = Thread.ofPlatform().name("outbox-" + name).daemon().unstarted(this::run);
        meters.gauge("outbox_lag_millis", () -> lagMillis, "outbox", name);
    }

    void start() {
        thread.start();
    }

    /** Something may have been put in. Any thread. */
    void nudge() {
        synchronized (lock) {
            nudged = true;
            lock.notifyAll();
        }
    }

    private void run() {
        long pause = 0;
        while (pause(pause)) {
            try {
                pause = passOn() ? 0 : pause == 0 ? BUSY_POLL_MILLIS : Math.min(IDLE_POLL_MILLIS, pause * 2);
            } catch (StoreUnavailableException away) {
                LOG.atDebug().addKeyValue("outbox", name).log("the outbox waits: {}", away.getMessage());
                pause = AWAY_MILLIS;
            } catch (RuntimeException bug) {
                LOG.atError()
                        .setCause(bug)
                        .addKeyValue("outbox", name)
                        .log("what was to be told could not be, and is told again");
                pause = AWAY_MILLIS;
            }
        }
    }

    /** False when there was nothing. */
    private boolean passOn() {
        if (!turn.getAsBoolean()) {
            lagMillis = 0;
            return false;
        }
        ServiceOutbox.Waiting waiting = outbox.peek(TRANSACTIONS_MAX);
        if (waiting.ids().isEmpty()) {
            lagMillis = 0;
            return false;
        }
        appends.append(waiting.sent());
        events.publish(waiting.events());
        outbox.drop(waiting.ids());
        lagMillis = outbox.lagMillis().orElse(0);
        return true;
    }

    /** False at the end. */
    private boolean pause(long millis) {
        synchronized (lock) {
            if (millis > 0 && !nudged && running) {
                try {
                    lock.wait(millis);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return false;
                }
            }
            nudged = false;
            return running;
        }
    }

    @Override
    public void close() throws InterruptedException {
        synchronized (lock) {
            running = false;
            lock.notifyAll();
        }
        thread.join(STOP_MILLIS_MAX);
    }
}
