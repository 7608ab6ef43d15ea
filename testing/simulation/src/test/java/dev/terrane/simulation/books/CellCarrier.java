package dev.terrane.simulation.books;

import dev.terrane.base.CellId;
import dev.terrane.checkpoint.TickRecord;
import dev.terrane.command.CommandReceiver;
import dev.terrane.command.CommandResult;
import dev.terrane.command.IdempotencyKey;
import dev.terrane.protocol.cluster.Admission;
import dev.terrane.protocol.cluster.CellCommand;
import dev.terrane.protocol.cluster.CellInput;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The cells as the receiver of a lane: finds out whose each command is, brings it there, and waits until what came of it is durable. The rules are those of the server's receiver; what waits for threads there
 * waits for steps here.
 */
final class CellCarrier implements CommandReceiver {
    private static final long AGAIN_NANOS = 25 * SimTime.MILLI;
    private static final long UNREACHABLE_NANOS_MAX = 500 * SimTime.MILLI;

    private final SimNode node;
    private final BooksRun run;
    private final SortedMap<Long, CarriedBatch> batches = new TreeMap<>();
    private final Map<IdempotencyKey, CarriedBatch> active = new HashMap<>();
    private long lastTicket;

    CellCarrier(SimNode node) {
        this.node = node;
        this.run = node.run;
        this.lastTicket = (long) node.index << 40 | (long) node.life() << 20;
    }

    @Override
    public void deliver(List<Delivery> deliveries, Reply reply) {
        CarriedBatch batch =
                new CarriedBatch(++lastTicket, deliveries, reply, run.time.nanos() + UNREACHABLE_NANOS_MAX);
        if (isAtWorkOn(batch)) {
            return;
        }
        batches.put(batch.ticket, batch);
        batch.keys().forEach(key -> active.put(key, batch));
        node.soon(() -> step(batch));
    }

    private boolean isAtWorkOn(CarriedBatch again) {
        for (IdempotencyKey key : again.keys()) {
            CarriedBatch earlier = active.get(key);
            if (earlier != null && earlier.keys().equals(again.keys())) {
                earlier.reply = again.reply;
                return true;
            }
            if (earlier != null) {
                again.reply.unavailable("an earlier delivery of command " + key + " is still at work");
                return true;
            }
        }
        return false;
    }

    private boolean end(CarriedBatch batch) {
        batch.keys().forEach(active::remove);
        return batches.remove(batch.ticket) != null;
    }

    private void step(CarriedBatch batch) {
        if (batch.asking || !batches.containsKey(batch.ticket)) {
            return;
        }
        List<Integer> places = new ArrayList<>();
        List<IdempotencyKey> keys = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            if (batch.toLookUp(i, run.directory::epoch)) {
                places.add(i);
                keys.add(batch.key(i));
            }
        }
        if (keys.isEmpty()) {
            refuseHomeless(batch);
            return;
        }
        batch.asking = true;
        node.store(
                () -> run.store.cells.outcomes(keys),
                known -> {
                    batch.asking = false;
                    for (int i = 0; i < places.size(); i++) {
                        batch.lookedUp(places.get(i), known.get(keys.get(i)));
                    }
                    answerIfDone(batch);
                    refuseHomeless(batch);
                },
                () -> away(batch));
    }

    private void away(CarriedBatch batch) {
        batch.asking = false;
        giveBack(batch, "the database is away");
    }

    private void refuseHomeless(CarriedBatch batch) {
        List<Integer> places = new ArrayList<>();
        List<TickRecord.Outcome> wanted = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            CommandResult refusal =
                    batch.unsent(i) ? run.directory.refusal(batch.envelope(i).key()) : null;
            if (refusal != null) {
                places.add(i);
                wanted.add(
                        new TickRecord.Outcome(batch.key(i), batch.envelope(i).payloadHash(), refusal));
            }
        }
        if (wanted.isEmpty()) {
            send(batch);
            return;
        }
        batch.asking = true;
        node.store(
                () -> run.store.cells.record(wanted),
                recorded -> {
                    batch.asking = false;
                    for (int i = 0; i < places.size(); i++) {
                        batch.settle(places.get(i), recorded.get(i).result());
                    }
                    answerIfDone(batch);
                    send(batch);
                },
                () -> away(batch));
    }

    private void send(CarriedBatch batch) {
        Map<CellId, List<CellCommand>> byCell = new LinkedHashMap<>();
        Set<String> held = new HashSet<>(); // whoever waits holds up what is behind it with its key
        for (int i = 0; i < batch.size(); i++) {
            String key = batch.envelope(i).key();
            CellId cell = batch.unsent(i) && !held.contains(key) ? run.directory.find(key) : null;
            if (cell == null && !batch.done(i)) {
                held.add(key);
            }
            if (cell != null) {
                byCell.computeIfAbsent(cell, _ -> new ArrayList<>()).add(batch.command(i));
            }
        }
        byCell.forEach((cell, commands) -> offer(batch, cell, commands));
        if (batch.hasUnsent() && !batch.hasSent() && run.time.nanos() > batch.deadlineNanos) {
            giveBack(batch, "its cells cannot be reached");
        } else if (batch.hasUnsent()) {
            again(batch);
        }
    }

    private void offer(CarriedBatch batch, CellId cell, List<CellCommand> commands) {
        Directory.Place place = run.directory.place(cell);
        if (place == null || !place.stands()) {
            return;
        }
        CellHouse house = place.node().house;
        for (CellCommand command : commands) {
            if (house.isUnderway(cell, command.envelope().idempotencyKey())) {
                batch.askAgain(command.index());
                return; // what is behind it waits for it
            }
        }
        if (house.offer(cell, place.epoch(), new CellInput.Commands(commands)) == Admission.ACCEPTED) {
            house.began(cell, commands);
            commands.forEach(command -> batch.sent(command.index(), cell, place.epoch()));
        }
    }

    private void again(CarriedBatch batch) {
        if (batches.containsKey(batch.ticket) && !batch.stepDue) {
            batch.stepDue = true;
            node.after(AGAIN_NANOS, () -> {
                batch.stepDue = false;
                step(batch);
            });
        }
    }

    /** Only what is with no cell may be given back. */
    private void giveBack(CarriedBatch batch, String why) {
        if (batch.hasSent()) {
            again(batch);
        } else if (end(batch)) {
            batch.reply.unavailable(why);
        }
    }

    private void answerIfDone(CarriedBatch batch) {
        if (batch.done() && end(batch)) {
            batch.reply.answered(batch.verdicts());
        }
    }

    void settled(CellCommand command, CommandResult result) {
        CarriedBatch batch = batches.get(command.ticket());
        if (batch != null) {
            batch.settle(command.index(), result);
            answerIfDone(batch);
        }
    }

    void voided(CellCommand command) {
        CarriedBatch batch = batches.get(command.ticket());
        if (batch != null) {
            batch.lose(command.index());
            again(batch);
        }
    }

    /** The cell did not have it: whoever has it now is asked. */
    void elsewhere(CellCommand command) {
        CarriedBatch batch = batches.get(command.ticket());
        if (batch != null) {
            batch.takeBack(command.index());
            again(batch);
        }
    }

    /** The cell died under this epoch, or has a new one. @param culprit whose handler threw, or null */
    void failed(CellId cell, long epoch, @Nullable CellCommand culprit) {
        for (CarriedBatch batch : List.copyOf(batches.values())) {
            if (culprit != null && culprit.ticket() == batch.ticket) {
                batch.threw(culprit.index(), "its handler threw in cell " + cell + " under epoch " + epoch);
            }
            batch.lose(cell, epoch);
            if (batch.hasUnsent()) {
                again(batch);
            }
            answerIfDone(batch);
        }
    }
}
