package dev.terrane.postgres.service;

import dev.terrane.base.Clock;
import dev.terrane.checkpoint.StoreUnavailableException;
import dev.terrane.command.CommandCatalogue;
import dev.terrane.command.CommandLimits;
import dev.terrane.command.CommandReceiver;
import dev.terrane.postgres.Database;
import dev.terrane.postgres.DatabaseRefusedException;
import dev.terrane.postgres.service.ServiceTransaction.Look;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A service as a receiver: whatever batches wait, of however many partitions, are carried out in one transaction.
 *
 * <pre>
 *   what happens                                      what is answered
 *   committed                                         Settled, for what was carried out now or earlier
 *   anything goes wrong in a first run                rolled back and run again, with what was committed before looked up; if need be under the locks
 *   a decision throws                                 Threw for it, Behind for what follows with its key; the rest is committed
 *   somebody else has committed one of the keys       rolled back and run again: their result is found
 *   the database refuses what a service wrote         each command in a transaction of its own; only the culprit Threw
 *   the database is away                              unavailable
 * </pre>
 *
 * <p><b>Threading.</b> {@link #deliver} may be called by any thread and never waits. Partitions give one batch each at a time, which bounds what waits here;
 * beyond {@link #BATCHES_WAITING_MAX} batches are sent back.
 */
public final class ServiceReceiver implements CommandReceiver {
    /** More partitions than anybody has; each has one batch on its way. */
    private static final int BATCHES_WAITING_MAX = 1_024;

    /** Each run finds what made the last one fail, so the second nearly always succeeds. */
    private static final int RUN_COUNT_MAX = 5;

    /** How long known commands are looked for beforehand, once some have come: clients that were cut off bring what they have sent again all at once. */
    private static final long LOOK_NANOS = 1_000_000_000;

    private static final Logger LOG = LoggerFactory.getLogger(ServiceReceiver.class);

    /**
     * How much is done at once.
     *
     * @param workerCount transactions at a time; those of one service wait for each other when they have rows in common
     * @param commandsPerTransactionMax a batch more is taken only while there are fewer; so there may be as many as this and one batch
     */
    public record Options(int workerCount, int commandsPerTransactionMax) {
        /** @throws IllegalArgumentException for more commands than the numbers that a service takes for one transaction suffice for */
        public Options {
            if (workerCount < 1
                    || commandsPerTransactionMax < 1
                    || commandsPerTransactionMax > CommandLimits.BATCH_COUNT_MAX) {
                throw new IllegalArgumentException(workerCount + " workers with " + commandsPerTransactionMax
                        + " commands each: there must be one, and 1 to " + CommandLimits.BATCH_COUNT_MAX + " commands");
            }
        }

        /** One worker: transactions with a hundred commands each have wallets in common nearly always, and a second one would wait for the first one's locks. */
        public static final Options USUAL = new Options(1, 512);
    }

    private final Database database;
    private final Clock clock;
    private final ServiceTransaction<?> transaction;
    private final Executor executor;
    private final Options options;

    private final Object lock = new Object();
    private final Queue<Waiting> waiting = new ArrayDeque<>();
    private int workersAwake;
    private volatile long lookUntilNanos;

    /** @param executor may be kept waiting by the database; if it has fewer threads than there are workers, workers wait for each other */
    public ServiceReceiver(Door door, Service<?> service, Executor executor, Options options) {
        this.database = door.database;
        this.clock = door.clock;
        this.lookUntilNanos = clock.nanos();
        this.transaction = new ServiceTransaction<>(door, service);
        this.executor = executor;
        this.options = options;
    }

    /** What a service stands on. */
    public record Door(Database database, ServiceSchema schema, CommandCatalogue catalogue, Clock clock) {}

    private record Waiting(List<Delivery> batch, Reply reply) {}

    @Override
    public void deliver(List<Delivery> batch, Reply reply) {
        if (batch.isEmpty()) {
            reply.answered(List.of());
            return;
        }
        if (batch.size() > CommandLimits.BATCH_COUNT_MAX) {
            throw new IllegalArgumentException(
                    "a batch of " + batch.size() + " is longer than " + CommandLimits.BATCH_COUNT_MAX);
        }
        boolean wake;
        synchronized (lock) {
            if (waiting.size() >= BATCHES_WAITING_MAX) {
                wake = false;
            } else {
                waiting.add(new Waiting(List.copyOf(batch), reply));
                wake = workersAwake < options.workerCount;
                if (!wake) {
                    return;
                }
                workersAwake++;
            }
        }
        if (!wake) {
            reply.unavailable(BATCHES_WAITING_MAX + " batches wait already");
            return;
        }
        try {
            executor.execute(this::work);
        } catch (RejectedExecutionException e) {
            turnAway(e);
        }
    }

    /** The executor is being shut down: nobody will come for what waits. */
    private void turnAway(RejectedExecutionException e) {
        List<Waiting> left;
        synchronized (lock) {
            workersAwake--;
            left = List.copyOf(waiting);
            waiting.clear();
        }
        left.forEach(batch -> tell(() -> batch.reply.unavailable("shutting down: " + e.getMessage())));
    }

    private void work() {
        try {
            for (List<Waiting> batches = take(); !batches.isEmpty(); batches = take()) {
                process(batches);
            }
        } catch (RuntimeException | Error e) {
            // Out of memory, say. The lane brings the batch again when it has waited long enough; without this, nobody
            // would take it.
            synchronized (lock) {
                workersAwake--;
            }
            throw e;
        }
    }

    /** Empty: the worker rests. */
    private List<Waiting> take() {
        List<Waiting> taken = new ArrayList<>();
        int count = 0;
        synchronized (lock) {
            while (!waiting.isEmpty() && count < options.commandsPerTransactionMax) {
                Waiting next = waiting.remove();
                count += next.batch.size();
                taken.add(next);
            }
            if (taken.isEmpty()) {
                workersAwake--;
            }
        }
        return taken;
    }

    private void process(List<Waiting> batches) {
        List<Delivery> all = new ArrayList<>();
        batches.forEach(batch -> all.addAll(batch.batch));
        List<Verdict> verdicts;
        try {
            verdicts = carryOut(all);
        } catch (StoreUnavailableException e) {
            String why = String.valueOf(e.getMessage());
            batches.forEach(batch -> tell(() -> batch.reply.unavailable(why)));
            return;
        }
        int from = 0;
        for (Waiting batch : batches) {
            int to = from + batch.batch.size();
            List<Verdict> its = List.copyOf(verdicts.subList(from, to));
            tell(() -> batch.reply.answered(its));
            from = to;
        }
    }

    /** One that cannot be told must not keep the others from hearing: the lane's own deadline brings its batch again. */
    private static void tell(Runnable reply) {
        try {
            reply.run();
        } catch (RuntimeException e) {
            LOG.error("a batch could not be answered", e);
        }
    }

    private List<Verdict> carryOut(List<Delivery> deliveries) {
        Look next = firstLook(deliveries);
        RuntimeException last = new IllegalStateException("never run");
        for (int run = 0; run < RUN_COUNT_MAX; run++) {
            Look look = next;
            try {
                return database.transaction(
                        "carry out commands", connection -> transaction.run(connection, deliveries, look));
            } catch (StoreUnavailableException e) {
                throw e;
            } catch (RuntimeException e) {
                boolean isDuplicate = e instanceof DatabaseRefusedException refused && refused.isDuplicate();
                if (isDuplicate) {
                    lookUntilNanos = clock.nanos() + LOOK_NANOS;
                } else if (look == Look.UNDER_LOCKS) {
                    return oneByOne(deliveries, e);
                }
                next = look.further();
                last = e;
            }
        }
        if (deliveries.size() > 1) {
            return oneByOne(
                    deliveries,
                    last); // one of them meets something that is no outcome: the others need not wait for it
        }
        throw new StoreUnavailableException(
                "others were faster " + RUN_COUNT_MAX + " times: " + last.getMessage(), last);
    }

    private Look firstLook(List<Delivery> deliveries) {
        if (deliveries.stream().anyMatch(delivery -> delivery.attempt() > 1)) {
            return Look.UNDER_LOCKS;
        }
        return clock.nanos() - lookUntilNanos < 0 ? Look.BEFORE_LOCKS : Look.NEVER;
    }

    private List<Verdict> oneByOne(List<Delivery> deliveries, RuntimeException cause) {
        LOG.error("{} commands were rolled back; each is tried alone", deliveries.size(), cause);
        if (deliveries.size() == 1) {
            return List.of(new Verdict.Threw(String.valueOf(cause.getMessage())));
        }
        Set<String> broken = new HashSet<>();
        List<Verdict> verdicts = new ArrayList<>();
        for (Delivery delivery : deliveries) {
            String key = delivery.command().key();
            Verdict verdict = broken.contains(key)
                    ? new Verdict.Behind()
                    : carryOut(List.of(delivery)).getFirst();
            if (verdict instanceof Verdict.Threw) {
                broken.add(key);
            }
            verdicts.add(verdict);
        }
        return verdicts;
    }
}
