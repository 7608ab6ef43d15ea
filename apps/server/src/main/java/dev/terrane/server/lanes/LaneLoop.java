package dev.terrane.server.lanes;

import dev.terrane.base.Clock;
import dev.terrane.base.Meters;
import dev.terrane.base.Rng;
import dev.terrane.command.CommandAnswer;
import dev.terrane.command.CommandEnvelope;
import dev.terrane.command.CommandReceiver;
import dev.terrane.command.CommandResult;
import dev.terrane.command.LaneAction;
import dev.terrane.command.LaneConsumer;
import dev.terrane.command.LaneEvent;
import dev.terrane.command.LaneHint;
import dev.terrane.command.LanePartition;
import dev.terrane.command.LaneStore;
import dev.terrane.command.LaneTiming;
import dev.terrane.command.LaneWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One lane of this process: takes commands in, and consumes its partitions as far as it gets their leases. Owns a thread, which never waits for the store: that is
 * done by the threads of an executor.
 */
final class LaneLoop implements AutoCloseable {
    private static final long STOP_MILLIS_MAX = 3_000;
    private static final long NANOS_PER_MILLI = 1_000_000;
    /** Pause after a bug, so that one that comes again and again does not eat the machine. */
    private static final long BUG_PAUSE_NANOS = 200 * NANOS_PER_MILLI;

    private static final Logger LOG = LoggerFactory.getLogger(LaneLoop.class);

    private final String lane;
    private final Setup setup;
    private final @Nullable CommandReceiver receiver;
    private final News news;
    private final Consumer<List<CommandAnswer>> answers;
    private final LaneWriter<Producer> writer;
    private final List<LaneConsumer> consumers = new ArrayList<>();
    private final LaneOutages outages = new LaneOutages();
    private final Thread thread;
    private final Object lock = new Object();
    private List<Runnable> posted = new ArrayList<>();
    private boolean stopping;
    /** The thread's own. */
    private boolean closing;

    private long pausedUntilNanos = Long.MIN_VALUE;

    /** Who handed a command in. Called on the lane's thread: must not block. */
    @FunctionalInterface
    interface Producer {
        /** @param refused null: the command is durable, its result will come */
        void written(CommandResult.@Nullable Refused refused);
    }

    /**
     * What all lanes of a process share.
     *
     * @param holder names this process among those that may hold leases
     * @param waiting threads that may wait for the store
     */
    record Setup(LaneStore store, String holder, Executor waiting, Clock clock, Meters meters, Limits limits) {}

    /** @param queueCountMax commands that wait to be appended. @param storeAwayNanosMax how long one waits for a store that is away */
    record Limits(int queueCountMax, long storeAwayNanosMax) {}

    /** What other nodes may want to know. Any thread; must not block. */
    interface News {
        /** For a process that is alone. */
        News NONE = new News() {};

        /** Commands are durable in this lane. */
        default void appended(LaneHint hint) {}

        /** This process is the partition's consumer from now on: another one may have died with results that nobody was told. */
        default void acquired(LanePartition partition) {}
    }

    LaneLoop(String lane, Setup setup, CommandReceiver receiver, Consumer<List<CommandAnswer>> answers) {
        this(lane, setup, receiver, answers, News.NONE);
    }

    /** @param receiver null: the lane is consumed by other processes, this one only appends to it */
    LaneLoop(
            String lane,
            Setup setup,
            @Nullable CommandReceiver receiver,
            Consumer<List<CommandAnswer>> answers,
            News news) {
        this.lane = lane;
        this.setup = setup;
        this.receiver = receiver;
        this.answers = answers;
        this.news = news;
        this.writer = new LaneWriter<>(
                lane, setup.limits().queueCountMax(), setup.limits().storeAwayNanosMax());
        Rng rng = new Rng(setup.clock().nanos());
        for (int p = 0; receiver != null && p < setup.store().partitionCount(); p++) {
            consumers.add(new LaneConsumer(
                    new LanePartition(lane, p),
                    setup.holder(),
                    LaneTiming.standard(),
                    new Rng(rng.nextLong()),
                    setup.meters()));
        }
        this.thread = Thread.ofPlatform().name("lane-" + lane).daemon().unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** Any thread. The producer is told when the command is durable, or why it is not taken. */
    void offer(CommandEnvelope command, Producer producer) {
        post(() -> writer.offer(command, producer, setup.clock().nanos()));
    }

    /** Somebody has appended to this partition past this loop. Any thread. @param partition one that there is not is nobody's affair */
    void nudge(int partition) {
        if (partition < consumers.size()) {
            post(consumers.get(partition)::nudged);
        }
    }

    private void post(Runnable event) {
        synchronized (lock) {
            posted.add(event);
            lock.notifyAll();
        }
    }

    private void run() {
        while (true) {
            for (Runnable event : take()) {
                guarded(event);
            }
            if (turn() || abandoned()) {
                return;
            }
        }
    }

    /** A bug in one event, producer or consumer must not end the lane, nor hold up the others. */
    private void guarded(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException bug) {
            pausedUntilNanos = setup.clock().nanos() + BUG_PAUSE_NANOS;
            LOG.atError().setCause(bug).addKeyValue("lane", lane).log("a step of the lane failed");
        }
    }

    private List<Runnable> take() {
        synchronized (lock) {
            while (posted.isEmpty() && !stopping) {
                long now = setup.clock().nanos();
                long wakeAt = Math.max(now, Math.max(pausedUntilNanos, wakeAtNanos()));
                long wait = Math.ceilDiv(wakeAt - now, NANOS_PER_MILLI);
                if (wait <= 0) {
                    break;
                }
                try {
                    lock.wait(wait);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    stopping = true;
                }
            }
            List<Runnable> taken = posted;
            posted = new ArrayList<>();
            return taken;
        }
    }

    private boolean abandoned() {
        synchronized (lock) {
            return stopping;
        }
    }

    private long wakeAtNanos() {
        long at = writer.wakeAtNanos();
        for (LaneConsumer consumer : consumers) {
            at = Math.min(at, consumer.wakeAtNanos());
        }
        return at;
    }

    /** True at the end. */
    private boolean turn() {
        long now = setup.clock().nanos();
        guarded(() -> write(now));
        boolean allStopped = closing || !consumers.isEmpty();
        for (LaneConsumer consumer : consumers) {
            guarded(() -> step(consumer, now));
            allStopped &= consumer.isStopped();
        }
        return allStopped;
    }

    private void step(LaneConsumer consumer, long now) {
        for (LaneAction action = consumer.step(now); action != null; action = consumer.step(now)) {
            act(consumer, action);
        }
    }

    private void write(long now) {
        LaneWriter.Append append = writer.step(now);
        if (append != null) {
            setup.waiting().execute(() -> {
                LaneWriter.Appended done = append.carryOut(setup.store());
                post(() -> appended(done));
            });
        }
        for (LaneWriter.Written<Producer> one = writer.poll(); one != null; one = writer.poll()) {
            LaneWriter.Written<Producer> written = one;
            guarded(() -> written.producer().written(written.refused()));
        }
    }

    private void appended(LaneWriter.Appended done) {
        writer.on(done, setup.clock().nanos());
        if (done.answer() instanceof LaneStore.Appended.Kept kept) {
            news.appended(LaneHint.of(kept.segments()));
            if (receiver != null) {
                kept.segments()
                        .forEach(segment ->
                                consumers.get(segment.partition().index()).offered(segment));
            }
        }
    }

    private void act(LaneConsumer consumer, LaneAction action) {
        switch (action) {
            case LaneAction.StoreCall call ->
                setup.waiting().execute(() -> {
                    LaneEvent event = call.carryOut(setup.store());
                    post(() -> outages.heard(consumer.partition(), event));
                    tell(consumer, event);
                    if (event instanceof LaneEvent.Acquired acquired
                            && acquired.hold().isPresent()) {
                        news.acquired(consumer.partition());
                    }
                });
            case LaneAction.Deliver(long ticket, List<CommandReceiver.Delivery> batch) ->
                deliver(consumer, ticket, batch);
            case LaneAction.Publish publish -> answers.accept(publish.answers());
        }
    }

    private void deliver(LaneConsumer consumer, long ticket, List<CommandReceiver.Delivery> batch) {
        try {
            Objects.requireNonNull(receiver).deliver(batch, new CommandReceiver.Reply() {
                @Override
                public void answered(List<CommandReceiver.Verdict> verdicts) {
                    tell(consumer, new LaneEvent.Answered(ticket, verdicts));
                }

                @Override
                public void unavailable(String why) {
                    tell(consumer, new LaneEvent.Unavailable(ticket, why));
                }
            });
        } catch (RuntimeException bug) {
            LOG.atError().setCause(bug).addKeyValue("lane", lane).log("a receiver did not take what it was brought");
            tell(consumer, new LaneEvent.Unavailable(ticket, bug.toString()));
        }
    }

    private void tell(LaneConsumer consumer, LaneEvent event) {
        post(() -> consumer.on(event, setup.clock().nanos()));
    }

    /** Concludes what is on its way and gives the leases back, if the store answers in time; else they lapse. */
    @Override
    public void close() throws InterruptedException {
        post(() -> {
            closing = true;
            consumers.forEach(LaneConsumer::stop);
        });
        thread.join(STOP_MILLIS_MAX);
        synchronized (lock) {
            stopping = true;
            lock.notifyAll();
        }
    }
}
