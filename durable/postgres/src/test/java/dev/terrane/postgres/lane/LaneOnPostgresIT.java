package dev.terrane.postgres.lane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.Meters;
import dev.terrane.base.Rng;
import dev.terrane.command.CommandEnvelope;
import dev.terrane.command.CommandReceiver;
import dev.terrane.command.CommandResult;
import dev.terrane.command.LaneAction;
import dev.terrane.command.LaneConsumer;
import dev.terrane.command.LaneEvent;
import dev.terrane.command.LanePartition;
import dev.terrane.command.LaneSegment;
import dev.terrane.command.LaneStore;
import dev.terrane.command.LaneTiming;
import dev.terrane.command.LaneWriter;
import dev.terrane.postgres.Database;
import dev.terrane.postgres.PostgresStore;
import dev.terrane.postgres.SharedPostgres;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The whole way with real threads: writer, Postgres, sixteen consumers. One thread drives all machines, store calls wait on others. */
class LaneOnPostgresIT {
    private static final int PARTITION_COUNT = 16;
    private static final int COMMAND_COUNT = Integer.getInteger("lane.commands", 20_000);
    private static final int KEY_COUNT = 500;
    private static final int IN_FLIGHT_COUNT_MAX = 4_000;

    private final String lane = "lane-" + UUID.randomUUID();
    private final LinkedBlockingQueue<Runnable> inbox = new LinkedBlockingQueue<>();
    private final List<LaneConsumer> consumers = new ArrayList<>();
    private final LaneWriter<Integer> writer = new LaneWriter<>(lane, IN_FLIGHT_COUNT_MAX, 10_000_000_000L);
    private final Map<String, Integer> lastOfKey = new HashMap<>();
    private final Set<String> published = new HashSet<>();
    private int offered;
    private int accepted;
    private int effects;
    private int batches;
    private int appends;

    @BeforeAll
    static void migrate() {
        PostgresStore.open(SharedPostgres.SERVER.address()).close();
    }

    @Test
    @Timeout(180)
    void carriesEveryCommandThroughInOrder() throws InterruptedException {
        Database.Options options = new Database.Options("lane-it", 6, "");
        try (Database database = new Database(SharedPostgres.SERVER.address(), options);
                ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor()) {
            LaneStore store = new PostgresLaneStore(database, PARTITION_COUNT, 100_000);
            for (int i = 0; i < PARTITION_COUNT; i++) {
                consumers.add(new LaneConsumer(
                        new LanePartition(lane, i), "node-1", LaneTiming.standard(), new Rng(i), Meters.none()));
            }
            long start = System.nanoTime();
            while (published.size() < COMMAND_COUNT) {
                drive(store, calls);
            }
            long nanos = System.nanoTime() - start;
            consumers.forEach(LaneConsumer::stop);
            while (!consumers.stream().allMatch(LaneConsumer::isStopped)) {
                drive(store, calls);
            }
            System.out.printf(
                    "lane on postgres: %d commands, %d/s, %d appends, %d batches%n",
                    COMMAND_COUNT, COMMAND_COUNT * 1_000_000_000L / nanos, appends, batches);
            assertThat(effects).isEqualTo(COMMAND_COUNT);
            assertThat(accepted).isEqualTo(COMMAND_COUNT);
            assertThat(store.lags(lane)).allMatch(lag -> lag.waitingCount() == 0 && lag.parkedCount() == 0);
            assertThat(store.pruneAnswers(lane, 0)).isPositive();
        }
    }

    private void drive(LaneStore store, ExecutorService calls) throws InterruptedException {
        while (offered < COMMAND_COUNT && offered - published.size() < IN_FLIGHT_COUNT_MAX) {
            writer.offer(numbered(offered), offered, System.nanoTime());
            offered++;
        }
        long now = System.nanoTime();
        for (LaneWriter.Append append = writer.step(now); append != null; append = writer.step(now)) {
            append(append, store, calls);
        }
        for (var written = writer.poll(); written != null; written = writer.poll()) {
            assertThat(written.refused()).isNull();
            accepted++;
        }
        long wake = now + 100_000_000;
        for (LaneConsumer consumer : consumers) {
            for (LaneAction action = consumer.step(now); action != null; action = consumer.step(now)) {
                carryOut(consumer, action, store, calls);
            }
            wake = Math.min(wake, consumer.wakeAtNanos());
        }
        Runnable next = inbox.poll(Math.max(0, wake - System.nanoTime()), TimeUnit.NANOSECONDS);
        for (; next != null; next = inbox.poll()) {
            next.run();
        }
    }

    private static CommandEnvelope numbered(int number) {
        return new CommandEnvelope(
                "cmd.shop.buy",
                1,
                "key-" + number % KEY_COUNT,
                new CommandEnvelope.Origin("character:" + UUID.randomUUID(), "request-" + number),
                new CommandEnvelope.Trace("event-" + number, "event-" + number, "", "node-1", 1_700_000_000_000L),
                ("{\"number\":" + number + ",\"item\":\"ore\",\"count\":17}").getBytes(StandardCharsets.UTF_8));
    }

    private void append(LaneWriter.Append append, LaneStore store, ExecutorService calls) {
        appends++;
        calls.execute(() -> {
            LaneWriter.Appended done = append.carryOut(store);
            inbox.add(() -> {
                writer.on(done, System.nanoTime());
                if (done.answer() instanceof LaneStore.Appended.Kept kept) {
                    for (LaneSegment segment : kept.segments()) {
                        consumers.get(segment.partition().index()).offered(segment);
                    }
                }
            });
        });
    }

    private void carryOut(LaneConsumer consumer, LaneAction action, LaneStore store, ExecutorService calls) {
        switch (action) {
            case LaneAction.StoreCall call ->
                calls.execute(() -> {
                    LaneEvent event = call.carryOut(store);
                    inbox.add(() -> {
                        assertThat(event).isNotInstanceOf(LaneEvent.Away.class);
                        consumer.on(event, System.nanoTime());
                    });
                });
            case LaneAction.Deliver deliver -> {
                batches++;
                List<CommandReceiver.Verdict> verdicts =
                        deliver.batch().stream().map(this::carriedOut).toList();
                consumer.on(new LaneEvent.Answered(deliver.ticket(), verdicts), System.nanoTime());
            }
            case LaneAction.Publish publish ->
                publish.answers()
                        .forEach(answer -> published.add(answer.origin().requestId()));
        }
    }

    private CommandReceiver.Verdict carriedOut(CommandReceiver.Delivery delivery) {
        int number = Integer.parseInt(delivery.command().origin().requestId().substring("request-".length()));
        Integer before = lastOfKey.put(delivery.command().key(), number);
        assertThat(before == null || before < number).as("in order").isTrue();
        effects++;
        return new CommandReceiver.Verdict.Settled(new CommandResult.Done("{}".getBytes(StandardCharsets.UTF_8)));
    }
}
