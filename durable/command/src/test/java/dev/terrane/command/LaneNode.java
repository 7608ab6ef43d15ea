package dev.terrane.command;

import dev.terrane.base.Meters;
import dev.terrane.base.Rng;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One process of a simulated run: a consumer per partition and a writer, driven as a server drives them. It may stall, die and come back. */
final class LaneNode {
    static final String LANE = "shop";
    private static final LaneTiming TIMING = new LaneTiming(
            400,
            5 * LaneTime.MILLI,
            150 * LaneTime.MILLI,
            300 * LaneTime.MILLI,
            3 * LaneTime.MILLI,
            60 * LaneTime.MILLI,
            20 * LaneTime.MILLI);

    private final LaneRun run;
    private final String name;
    private final List<LaneConsumer> consumers = new ArrayList<>();
    private LaneWriter<Consumer<CommandResult.@Nullable Refused>> writer = newWriter();
    private int life;
    private boolean alive = true;
    private long stalledUntilNanos;
    private long wakeAtNanos = Long.MAX_VALUE;

    LaneNode(LaneRun run, String name) {
        this.run = run;
        this.name = name;
        start();
    }

    private static LaneWriter<Consumer<CommandResult.@Nullable Refused>> newWriter() {
        return new LaneWriter<>(LANE, 20, 700 * LaneTime.MILLI);
    }

    private void start() {
        consumers.clear();
        writer = newWriter();
        alive = true;
        for (int i = 0; i < run.store.partitionCount(); i++) {
            Rng rng = new Rng(run.time.rng.nextLong());
            consumers.add(new LaneConsumer(new LanePartition(LANE, i), name, TIMING, rng, Meters.none()));
        }
        wakeAtNanos = Long.MAX_VALUE;
        soon(() -> {});
    }

    boolean isIdle() {
        return writer.waitingCount() == 0;
    }

    void stall() {
        stalledUntilNanos = run.time.nanos() + run.time.someMillis(1_500);
    }

    void die() {
        if (!alive) {
            return;
        }
        life++;
        alive = false;
        run.time.in(run.time.someMillis(1_000), this::start);
    }

    void stopGracefully() {
        soon(() -> consumers.forEach(LaneConsumer::stop));
    }

    boolean isStopped() {
        return consumers.stream().allMatch(LaneConsumer::isStopped);
    }

    /** As a client's message would come; a dead node says nothing. */
    void offer(CommandEnvelope command, Consumer<CommandResult.@Nullable Refused> told) {
        soon(() -> {
            writer.offer(command, told, run.time.nanos());
            if (run.sabotage == LaneSabotage.ACCEPTED_BEFORE_DURABLE) {
                told.accept(null);
            }
        });
    }

    /** Runs on this node when it is next awake, unless it has died by then. */
    private void soon(Runnable work) {
        soon(life, work);
    }

    private void soon(int ofLife, Runnable work) {
        run.time.in(Math.max(0, stalledUntilNanos - run.time.nanos()), () -> {
            if (life == ofLife && alive) {
                if (run.time.nanos() < stalledUntilNanos) {
                    soon(ofLife, work);
                } else {
                    work.run();
                    pump();
                }
            }
        });
    }

    private void pump() {
        long now = run.time.nanos();
        long wake = Long.MAX_VALUE;
        for (LaneConsumer consumer : consumers) {
            int steps = 0;
            for (LaneAction action = consumer.step(now); action != null; action = consumer.step(now)) {
                carryOut(consumer, action);
                if (++steps > 100) {
                    throw new LaneViolation("a consumer comes to rest", consumer.partition() + " keeps on: " + action);
                }
            }
            wake = Math.min(wake, consumer.wakeAtNanos());
        }
        for (LaneWriter.Append append = writer.step(now); append != null; append = writer.step(now)) {
            append(append);
        }
        for (var written = writer.poll(); written != null; written = writer.poll()) {
            written.producer().accept(written.refused());
        }
        wakeAt(Math.min(wake, writer.wakeAtNanos()));
    }

    private void wakeAt(long nanos) {
        if (nanos < wakeAtNanos || wakeAtNanos <= run.time.nanos()) {
            wakeAtNanos = nanos;
            if (nanos != Long.MAX_VALUE) {
                int ofLife = life;
                run.time.in(nanos - run.time.nanos() + 1, () -> {
                    if (life == ofLife && wakeAtNanos == nanos) {
                        wakeAtNanos = Long.MAX_VALUE;
                        soon(() -> {});
                    }
                });
            }
        }
    }

    private void append(LaneWriter.Append append) {
        int ofLife = life;
        run.storeCall(
                () -> append.carryOut(run.store),
                () -> new LaneWriter.Appended(append.ticket(), null, "away"),
                done -> soon(ofLife, () -> {
                    writer.on(done, run.time.nanos());
                    if (done.answer() instanceof LaneStore.Appended.Kept kept
                            && run.time.rng.chance(run.offeredChance)) {
                        for (LaneSegment segment : kept.segments()) {
                            consumers.get(segment.partition().index()).offered(segment);
                        }
                    }
                }));
    }

    private void carryOut(LaneConsumer consumer, LaneAction action) {
        int ofLife = life;
        switch (action) {
            case LaneAction.StoreCall call -> {
                LaneAction.StoreCall sent = run.tampered(call);
                run.storeCall(
                        () -> forgetful(sent.carryOut(run.store)),
                        () -> new LaneEvent.Away(call.ticket(), "away", false),
                        event -> soon(ofLife, () -> consumer.on(event, run.time.nanos())));
            }
            case LaneAction.Deliver deliver -> deliver(consumer, deliver);
            case LaneAction.Publish publish -> publish.answers().forEach(run::told);
        }
    }

    private LaneEvent forgetful(LaneEvent event) {
        if (run.sabotage == LaneSabotage.PARKED_FORGOTTEN && event instanceof LaneEvent.Acquired acquired) {
            Optional<LaneHold> hold =
                    acquired.hold().map(all -> new LaneHold(all.lease(), all.settledNumber(), all.cursor(), List.of()));
            return new LaneEvent.Acquired(acquired.ticket(), hold);
        }
        return event;
    }

    private void deliver(LaneConsumer consumer, LaneAction.Deliver deliver) {
        int ofLife = life;
        if (run.sabotage == LaneSabotage.SETTLED_BEFORE_EFFECT) {
            List<CommandReceiver.Verdict> hasty = new ArrayList<>();
            deliver.batch()
                    .forEach(_ ->
                            hasty.add(new CommandReceiver.Verdict.Settled(new CommandResult.Refused("HASTY", ""))));
            soon(ofLife, () -> consumer.on(new LaneEvent.Answered(deliver.ticket(), hasty), run.time.nanos()));
        }
        run.receiver.deliver(deliver.batch(), new CommandReceiver.Reply() {
            @Override
            public void answered(List<CommandReceiver.Verdict> verdicts) {
                soon(ofLife, () -> consumer.on(new LaneEvent.Answered(deliver.ticket(), verdicts), run.time.nanos()));
            }

            @Override
            public void unavailable(String why) {
                soon(ofLife, () -> consumer.on(new LaneEvent.Unavailable(deliver.ticket(), why), run.time.nanos()));
            }
        });
    }
}
