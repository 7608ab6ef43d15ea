package dev.terrane.server.lanes;

import dev.terrane.base.Meters;
import dev.terrane.checkpoint.StoreUnavailableException;
import dev.terrane.command.CommandEnvelope;
import dev.terrane.command.CommandErrors;
import dev.terrane.command.CommandResult;
import dev.terrane.postgres.service.ServiceOutbox;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
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
    private static final long APPEND_SECONDS_MAX = 30;
    private static final long STOP_MILLIS_MAX = 2_000;
    private static final Logger LOG = LoggerFactory.getLogger(OutboxRelay.class);

    private final String name;
    private final ServiceOutbox outbox;
    private final CommandOffice office;
    private final EventDesk events;
    private final Thread thread;
    private final Object lock = new Object();
    private boolean nudged;
    private boolean running = true;
    private volatile long lagMillis;

    OutboxRelay(String name, ServiceOutbox outbox, CommandOffice office, EventDesk events, Meters meters) {
        this.name = name;
        this.outbox = outbox;
        this.office = office;
        this.events = events;
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
        ServiceOutbox.Waiting waiting = outbox.peek(TRANSACTIONS_MAX);
        if (waiting.ids().isEmpty()) {
            lagMillis = 0;
            return false;
        }
        append(waiting.sent());
        events.publish(waiting.events());
        outbox.drop(waiting.ids());
        lagMillis = outbox.lagMillis().orElse(0);
        return true;
    }

    /** Waits until all are durable in their lanes. */
    private void append(List<CommandEnvelope> commands) {
        List<CompletableFuture<CommandResult.@Nullable Refused>> written = new ArrayList<>();
        for (CommandEnvelope command : commands) {
            CompletableFuture<CommandResult.@Nullable Refused> one = new CompletableFuture<>();
            office.append(command, one::complete);
            written.add(one);
        }
        for (CompletableFuture<CommandResult.@Nullable Refused> one : written) {
            CommandResult.Refused refused = await(one);
            if (refused != null && !refused.errorCode().equals(CommandErrors.BUSY)) {
                // No lane will ever take it: it must not hold up what comes after it.
                LOG.atError()
                        .addKeyValue("outbox", name)
                        .log("a command is dropped that no lane takes: {} {}", refused.errorCode(), refused.reason());
            } else if (refused != null) {
                throw new StoreUnavailableException(
                        "a lane does not take it",
                        new IllegalStateException(refused.errorCode() + " " + refused.reason()));
            }
        }
    }

    private static CommandResult.@Nullable Refused await(CompletableFuture<CommandResult.@Nullable Refused> one) {
        try {
            return one.get(APPEND_SECONDS_MAX, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailableException("interrupted", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new StoreUnavailableException("a lane does not answer", e);
        }
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
