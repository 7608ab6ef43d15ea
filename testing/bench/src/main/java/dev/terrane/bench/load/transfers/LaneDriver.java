package dev.terrane.bench.load.transfers;

import dev.terrane.base.Meters;
import dev.terrane.base.Rng;
import dev.terrane.command.CommandAnswer;
import dev.terrane.command.CommandEnvelope;
import dev.terrane.command.CommandReceiver;
import dev.terrane.command.CommandReceiver.Verdict;
import dev.terrane.command.LaneAction;
import dev.terrane.command.LaneConsumer;
import dev.terrane.command.LaneEvent;
import dev.terrane.command.LanePartition;
import dev.terrane.command.LaneSegment;
import dev.terrane.command.LaneStore;
import dev.terrane.command.LaneTiming;
import dev.terrane.command.LaneWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A lane at work, as the server runs it: one thread drives the writer, one drives all consumers, others wait for the store. Any thread may {@link #offer}.
 */
final class LaneDriver implements AutoCloseable {
    private static final String LANE = "economy";
    private static final int STORE_THREAD_COUNT = 3;
    private static final int QUEUE_COUNT_MAX = 1 << 20;
    private static final long SECOND_NANOS = 1_000_000_000;
    private static final long SLEEP_NANOS_MAX = 20_000_000;

    private final LaneStore store;
    private final CommandReceiver receiver;
    private final Consumer<CommandAnswer> answered;
    private final List<LaneConsumer> consumers = new ArrayList<>();
    private final LaneWriter<Boolean> writer = new LaneWriter<>(LANE, QUEUE_COUNT_MAX, 30 * SECOND_NANOS);
    private final Queue<CommandEnvelope> offered = new ConcurrentLinkedQueue<>();
    private final LinkedBlockingQueue<Happened> happened = new LinkedBlockingQueue<>();
    private final ExecutorService storeThreads = Executors.newFixedThreadPool(STORE_THREAD_COUNT);
    private final Thread writing = new Thread(this::write, "lane-writer");
    private final Thread consuming = new Thread(this::consume, "lane-consumers");
    private volatile boolean closed;
    private volatile @Nullable String trouble;

    /** @param index of the consumer; -1: of everybody @param event null with a segment */
    private record Happened(
            int index, @Nullable LaneEvent event, @Nullable LaneSegment segment) {}

    /** @param answered told each result, by the consumers' thread */
    LaneDriver(LaneStore store, CommandReceiver receiver, Consumer<CommandAnswer> answered) {
        this.store = store;
        this.receiver = receiver;
        this.answered = answered;
        for (int index = 0; index < store.partitionCount(); index++) {
            consumers.add(new LaneConsumer(
                    new LanePartition(LANE, index), "bench", LaneTiming.standard(), new Rng(index), Meters.none()));
        }
        writing.start();
        consuming.start();
    }

    void offer(CommandEnvelope command) {
        offered.add(command);
    }

    /** Wakes the writer, after some offers. */
    void flush() {
        java.util.concurrent.locks.LockSupport.unpark(writing);
    }

    /** Throws what went wrong, if anything did. */
    void check() {
        String found = trouble;
        if (found != null) {
            throw new IllegalStateException(found);
        }
    }

    private void write() {
        while (!closed) {
            long now = System.nanoTime();
            for (CommandEnvelope command = offered.poll(); command != null; command = offered.poll()) {
                writer.offer(command, true, now);
            }
            LaneWriter.Append append = writer.step(now);
            if (append == null) {
                java.util.concurrent.locks.LockSupport.parkNanos(1_000_000);
                continue;
            }
            LaneWriter.Appended done = append.carryOut(store);
            if (done.answer() instanceof LaneStore.Appended.Kept kept) {
                kept.segments()
                        .forEach(segment ->
                                happened.add(new Happened(segment.partition().index(), null, segment)));
            }
            writer.on(done, System.nanoTime());
            for (var written = writer.poll(); written != null; written = writer.poll()) {
                if (written.refused() != null) {
                    trouble = String.valueOf(written.refused());
                }
            }
        }
    }

    private void consume() {
        try {
            while (!closed) {
                long now = System.nanoTime();
                long wakeAt = now + SLEEP_NANOS_MAX;
                for (int index = 0; index < consumers.size(); index++) {
                    LaneConsumer consumer = consumers.get(index);
                    for (LaneAction action = consumer.step(now); action != null; action = consumer.step(now)) {
                        carryOut(index, action);
                    }
                    wakeAt = Math.min(wakeAt, consumer.wakeAtNanos());
                }
                Happened first = happened.poll(Math.max(0, wakeAt - System.nanoTime()), TimeUnit.NANOSECONDS);
                for (Happened next = first; next != null; next = happened.poll()) {
                    tell(next);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            trouble = e.toString();
        }
    }

    private void tell(Happened next) {
        LaneConsumer consumer = consumers.get(next.index);
        if (next.event != null) {
            consumer.on(next.event, System.nanoTime());
        } else if (next.segment != null) {
            consumer.offered(next.segment);
        }
    }

    private void carryOut(int index, LaneAction action) {
        switch (action) {
            case LaneAction.StoreCall call ->
                storeThreads.execute(() -> happened.add(new Happened(index, call.carryOut(store), null)));
            case LaneAction.Deliver deliver ->
                receiver.deliver(deliver.batch(), new CommandReceiver.Reply() {
                    @Override
                    public void answered(List<Verdict> verdicts) {
                        happened.add(new Happened(index, new LaneEvent.Answered(deliver.ticket(), verdicts), null));
                    }

                    @Override
                    public void unavailable(String why) {
                        trouble = why;
                        happened.add(new Happened(index, new LaneEvent.Unavailable(deliver.ticket(), why), null));
                    }
                });
            case LaneAction.Publish publish -> publish.answers().forEach(answered);
        }
    }

    @Override
    public void close() {
        closed = true;
        flush();
        try {
            writing.join();
            consuming.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        storeThreads.close();
    }
}
