package dev.terrane.simulation.books;

import dev.terrane.base.Meters;
import dev.terrane.base.Rng;
import dev.terrane.command.CommandEnvelope;
import dev.terrane.command.CommandReceiver;
import dev.terrane.command.CommandResult;
import dev.terrane.command.LaneAction;
import dev.terrane.command.LaneConsumer;
import dev.terrane.command.LaneEvent;
import dev.terrane.command.LanePartition;
import dev.terrane.command.LaneRoutes;
import dev.terrane.command.LaneSegment;
import dev.terrane.command.LaneStore;
import dev.terrane.command.LaneTiming;
import dev.terrane.command.LaneWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** All lanes of a node: a real writer and real consumers of each, driven as the server's loops drive them. */
final class NodeLanes {
    private static final LaneTiming TIMING = new LaneTiming(
            500,
            8 * SimTime.MILLI,
            250 * SimTime.MILLI,
            900 * SimTime.MILLI,
            5 * SimTime.MILLI,
            150 * SimTime.MILLI,
            30 * SimTime.MILLI);
    private static final int STEPS_MAX = 200;

    private final SimNode node;
    private final Map<String, Lane> lanes = new LinkedHashMap<>();
    private long wakeAtNanos = Long.MAX_VALUE;

    private static final class Lane {
        private final LaneWriter<Consumer<CommandResult.@Nullable Refused>> writer;
        private final List<LaneConsumer> consumers = new ArrayList<>();
        private final CommandReceiver receiver;

        private Lane(String name, CommandReceiver receiver) {
            this.writer = new LaneWriter<>(name, 40, 600 * SimTime.MILLI);
            this.receiver = receiver;
        }
    }

    NodeLanes(SimNode node) {
        this.node = node;
        for (String name : LaneTables.ALL) {
            CommandReceiver receiver = name.equals(LaneRoutes.CELLS)
                    ? (batch, reply) -> node.carrier.deliver(batch, reply)
                    : new ServiceDoor(node, node.run.store.service(name));
            Lane lane = new Lane(name, receiver);
            for (int p = 0; p < node.run.store.lanes.partitionCount(); p++) {
                lane.consumers.add(new LaneConsumer(
                        new LanePartition(name, p),
                        node.name,
                        TIMING,
                        new Rng(node.run.time.rng.nextLong()),
                        Meters.none()));
            }
            lanes.put(name, lane);
        }
    }

    /** @param told null: it is durable; else why it is not taken */
    void append(CommandEnvelope command, Consumer<CommandResult.@Nullable Refused> told) {
        Lane lane = Objects.requireNonNull(lanes.get(node.run.store.lanes.laneOf(command)));
        lane.writer.offer(command, told, node.run.time.nanos());
    }

    boolean isIdle() {
        return lanes.values().stream().allMatch(lane -> lane.writer.waitingCount() == 0);
    }

    void nudge() {
        lanes.values().forEach(lane -> lane.consumers.forEach(LaneConsumer::nudged));
    }

    /** After each step of the node. */
    void pump() {
        long now = node.run.time.nanos();
        long wake = Long.MAX_VALUE;
        for (Lane lane : lanes.values()) {
            for (LaneConsumer consumer : lane.consumers) {
                int steps = 0;
                for (LaneAction action = consumer.step(now); action != null; action = consumer.step(now)) {
                    act(lane, consumer, action);
                    if (++steps > STEPS_MAX) {
                        throw new BooksViolation(Rule.END, consumer.partition() + " keeps on: " + action);
                    }
                }
                wake = Math.min(wake, consumer.wakeAtNanos());
            }
            LaneWriter.Append append = lane.writer.step(now);
            if (append != null) {
                append(lane, append);
            }
            for (var written = lane.writer.poll(); written != null; written = lane.writer.poll()) {
                written.producer().accept(written.refused());
            }
            wake = Math.min(wake, lane.writer.wakeAtNanos());
        }
        wakeAt(wake);
    }

    private void wakeAt(long nanos) {
        long now = node.run.time.nanos();
        if (nanos != Long.MAX_VALUE && (nanos < wakeAtNanos || wakeAtNanos <= now)) {
            wakeAtNanos = nanos;
            node.after(nanos - now + 1, () -> {});
        }
    }

    private void append(Lane lane, LaneWriter.Append append) {
        node.store(
                () -> append.carryOut(node.run.store.lanes),
                done -> {
                    lane.writer.on(done, node.run.time.nanos());
                    if (done.answer() instanceof LaneStore.Appended.Kept kept
                            && node.run.time.rng.chance(node.run.plan.offeredChance())) {
                        for (LaneSegment segment : kept.segments()) {
                            lane.consumers.get(segment.partition().index()).offered(segment);
                        }
                    }
                },
                () -> lane.writer.on(new LaneWriter.Appended(append.ticket(), null, "away"), node.run.time.nanos()));
    }

    private void act(Lane lane, LaneConsumer consumer, LaneAction action) {
        switch (action) {
            case LaneAction.StoreCall call ->
                node.store(
                        () -> call.carryOut(node.run.store.lanes),
                        event -> consumer.on(event, node.run.time.nanos()),
                        () -> consumer.on(new LaneEvent.Away(call.ticket(), "away", false), node.run.time.nanos()));
            case LaneAction.Deliver(long ticket, List<CommandReceiver.Delivery> batch) ->
                lane.receiver.deliver(batch, new CommandReceiver.Reply() {
                    @Override
                    public void answered(List<CommandReceiver.Verdict> verdicts) {
                        node.soon(() -> consumer.on(new LaneEvent.Answered(ticket, verdicts), node.run.time.nanos()));
                    }

                    @Override
                    public void unavailable(String why) {
                        node.soon(() -> consumer.on(new LaneEvent.Unavailable(ticket, why), node.run.time.nanos()));
                    }
                });
            case LaneAction.Publish publish -> node.desk.publish(publish.answers());
        }
    }
}
