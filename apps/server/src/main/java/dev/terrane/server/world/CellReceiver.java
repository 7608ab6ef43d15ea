package dev.terrane.server.world;

import dev.terrane.base.CellId;
import dev.terrane.checkpoint.JournalStore;
import dev.terrane.checkpoint.StoreUnavailableException;
import dev.terrane.checkpoint.TickRecord;
import dev.terrane.command.CommandCatalogue;
import dev.terrane.command.CommandReceiver;
import dev.terrane.command.CommandResult;
import dev.terrane.command.Expiring;
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
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The cells of a world as a receiver of commands: finds out whose each is, brings it there, and waits until what came of it is durable.
 *
 * <pre>
 *   UNSENT ──offer accepted──► SENT ──durable──► DONE
 *      ▲  ◄──not here────────────┤
 *      └──looked up, unknown── LOST ◄── the cell died, or what it did is void
 * </pre>
 *
 * <p>A command is never with two cells at a time: one that was sent is sent again only after its cell has answered, or has started again and the store, asked
 * after that, does not know it. Any thread may call it; what waits for the store runs on job threads.
 */
final class CellReceiver implements CommandReceiver, Journalist.Hearer {
    private static final long RETRY_MILLIS = 50;
    /** So long a batch waits for cells that cannot be reached: longer than most restarts take. Then their keys are given back, to come again; others of the partition wait no longer. */
    private static final long UNREACHABLE_NANOS_MAX = TimeUnit.SECONDS.toNanos(2);

    private final JournalStore journal;
    private final CommandCatalogue catalogue;
    private final CellFinder cells;
    private final WorldSetup.Runtime runtime;
    private final BiConsumer<CellId, Long> condemn;
    private final SortedMap<Long, CommandBatch> batches = new TreeMap<>();
    /** Of all batches that are not done. */
    private final Map<IdempotencyKey, CommandBatch> active = new HashMap<>();

    private long lastTicket;

    /** @param condemn stops a cell whose deeds are void, so that it starts again */
    CellReceiver(
            JournalStore journal,
            CommandCatalogue catalogue,
            CellFinder cells,
            WorldSetup.Runtime runtime,
            BiConsumer<CellId, Long> condemn) {
        this.journal = journal;
        this.catalogue = catalogue;
        this.cells = cells;
        this.runtime = runtime;
        this.condemn = condemn;
    }

    @Override
    public void deliver(List<Delivery> deliveries, Reply reply) {
        if (deliveries.isEmpty()) {
            reply.answered(List.of());
            return;
        }
        CommandBatch batch;
        synchronized (this) {
            batch = new CommandBatch(
                    ++lastTicket, deliveries, reply, runtime.clock().nanos() + UNREACHABLE_NANOS_MAX);
            if (isAtWorkOn(batch)) {
                return;
            }
            for (int i = 0; i < batch.size(); i++) {
                CommandBatch earlier = active.putIfAbsent(batch.key(i), batch);
                if (earlier != null && earlier != batch) {
                    batch.abroad(i);
                }
            }
            batches.put(batch.ticket, batch);
        }
        runtime.jobs().execute(() -> step(batch));
    }

    /** Whoever delivers may lose patience while a cell has the command and the store does not answer: the cell must not get it a second time. */
    private boolean isAtWorkOn(CommandBatch again) {
        CommandBatch earlier = active.get(again.key(0));
        if (earlier == null || earlier.given || !earlier.keys().equals(again.keys())) {
            return false;
        }
        earlier.reply = again.reply;
        earlier.deadlineNanos = again.deadlineNanos;
        earlier.redelivered = true;
        again(earlier);
        return true;
    }

    private boolean end(CommandBatch batch) {
        batch.keys().forEach(key -> active.remove(key, batch));
        return batches.remove(batch.ticket) != null;
    }

    /** What was with a cell under an earlier delivery may have been concluded. */
    private synchronized void arrive(CommandBatch batch) {
        batch.arrive(key -> {
            CommandBatch earlier = active.get(key);
            if (earlier != null && earlier != batch && !earlier.concluded(key)) {
                return false;
            }
            active.put(key, batch);
            return true;
        });
    }

    /** Looks up what may have happened, decodes what is new, sends what can be sent. Job threads only. */
    private void step(CommandBatch batch) {
        synchronized (this) {
            if (batch.stepping) {
                again(batch);
                return;
            }
            batch.stepping = true;
        }
        try {
            arrive(batch);
            lookUp(batch);
            refuseHopeless(batch);
            leaveToOthers(batch);
            send(batch);
        } catch (StoreUnavailableException away) {
            giveBack(batch, String.valueOf(away.getMessage()));
        } catch (RuntimeException refused) {
            giveBack(batch, refused.toString()); // else nobody would ever answer
            throw refused;
        } finally {
            synchronized (this) {
                batch.stepping = false;
            }
        }
    }

    private void lookUp(CommandBatch batch) {
        List<Integer> places = new ArrayList<>();
        List<IdempotencyKey> keys = new ArrayList<>();
        synchronized (this) {
            for (int i = 0; i < batch.size(); i++) {
                if (batch.toLookUp(i, cells::epoch)) {
                    CellId cell = cells.find(batch.envelope(i).key());
                    batch.asking(i, cell, cell == null ? -1 : cells.epoch(cell));
                    places.add(i);
                    keys.add(batch.key(i));
                }
            }
        }
        if (keys.isEmpty()) {
            return;
        }
        Map<IdempotencyKey, TickRecord.Outcome> known = journal.outcomes(keys);
        List<CommandBatch.Found> found = new ArrayList<>();
        for (int i = 0; i < places.size(); i++) {
            found.add(batch.find(places.get(i), known.get(keys.get(i)), catalogue));
        }
        synchronized (this) {
            for (int i = 0; i < places.size(); i++) {
                batch.lookedUp(places.get(i), found.get(i));
            }
            answerIfDone(batch);
        }
    }

    /** Characters that are in the world no more, regions that it does not have, and what comes too late: refused for good, in the store too. */
    private void refuseHopeless(CommandBatch batch) {
        long nowMillis = runtime.clock().epochMillis();
        Map<Integer, CommandResult.Refused> refusals = new LinkedHashMap<>();
        synchronized (this) {
            for (int i = 0; i < batch.size(); i++) {
                CommandResult.Refused refusal = null;
                if (batch.unsent(i)) {
                    refusal = Expiring.refusal(batch.command(i).payload(), nowMillis);
                    refusal = refusal == null ? cells.refusal(batch.envelope(i).key()) : refusal;
                }
                if (refusal != null) {
                    refusals.put(i, refusal);
                }
            }
        }
        if (refusals.isEmpty()) {
            return;
        }
        List<TickRecord.Outcome> wanted = new ArrayList<>();
        refusals.forEach((i, refusal) -> wanted.add(
                new TickRecord.Outcome(batch.key(i), batch.envelope(i).payloadHash(), refusal)));
        List<TickRecord.Outcome> recorded = journal.record(wanted);
        synchronized (this) {
            int n = 0;
            for (int i : refusals.keySet()) {
                TickRecord.Outcome counts = recorded.get(n++);
                batch.settle(i, counts.payloadHash(), counts.result());
            }
            answerIfDone(batch);
        }
    }

    /** What is for cells of other nodes is given back at once: whoever delivers knows them. */
    private synchronized void leaveToOthers(CommandBatch batch) {
        for (int i = 0; i < batch.size(); i++) {
            CellId lost = batch.lostWith(i);
            boolean isOthers = lost == null
                    ? batch.unsent(i) && cells.isElsewhere(batch.envelope(i).key())
                    : cells.isElsewhere(lost);
            if (isOthers) {
                batch.giveUp(i);
            }
        }
        answerIfDone(batch);
    }

    private void send(CommandBatch batch) {
        synchronized (this) {
            Map<CellId, List<CellCommand>> byCell = new LinkedHashMap<>();
            Set<String> held = new HashSet<>(); // whoever waits holds up what is behind it with its key
            for (int i = 0; i < batch.size(); i++) {
                String key = batch.envelope(i).key();
                CellId cell = batch.unsent(i) && !held.contains(key) ? cells.find(key) : null;
                if (cell != null && !batch.wasAsked(i, cell, cells.epoch(cell))) {
                    batch.askAgain(i);
                    cell = null;
                }
                if (cell == null && !batch.done(i)) {
                    held.add(key);
                }
                if (cell != null) {
                    byCell.computeIfAbsent(cell, _ -> new ArrayList<>()).add(batch.command(i));
                }
            }
            byCell.forEach((cell, commands) -> {
                long epoch = cells.epoch(cell);
                Admission admission =
                        epoch < 0 ? Admission.SEALED : cells.offer(cell, epoch, new CellInput.Commands(commands));
                if (admission == Admission.ACCEPTED) {
                    commands.forEach(command -> batch.sent(command.index(), cell, epoch));
                } else if (admission == Admission.FULL && cells.isAmongMany()) {
                    // A copy that has become the cell takes nothing while deeds of its former self are not stored: one
                    // of them may be this command's.
                    commands.forEach(command -> batch.askAgain(command.index()));
                }
            });
            boolean late = runtime.clock().nanos() > batch.deadlineNanos;
            if (late && !batch.given && !batch.done() && (batch.redelivered || !batch.hasSent())) {
                Reply reply = batch.reply;
                List<Verdict> verdicts = batch.giveBack(cells::find);
                if (batch.done()) {
                    end(batch);
                }
                reply.answered(verdicts);
            }
            // Also what was given back is followed until it is known: its key is free only then.
            if (batch.hasUnsent() || batch.redelivered && !batch.given && !batch.done()) {
                again(batch);
            }
        }
    }

    private synchronized void again(CommandBatch batch) {
        if (batches.containsKey(batch.ticket) && !batch.stepDue) {
            batch.stepDue = true;
            ScheduledExecutorService jobs = runtime.jobs();
            jobs.schedule(
                    () -> {
                        synchronized (this) {
                            batch.stepDue = false;
                        }
                        step(batch);
                    },
                    RETRY_MILLIS,
                    TimeUnit.MILLISECONDS);
        }
    }

    /** Only what is with no cell may be given back. */
    private synchronized void giveBack(CommandBatch batch, String why) {
        if (batch.hasSent()) {
            again(batch);
        } else if (end(batch) && !batch.given) {
            batch.reply.unavailable(why);
        }
    }

    private void answerIfDone(CommandBatch batch) {
        if (batch.done() && end(batch) && !batch.given) {
            batch.reply.answered(batch.verdicts());
        }
    }

    /**
     * The batch that a command came with, or null: it is answered, or never was ours. A copy that has become the cell still has commands on its hands that its former owner was given, under numbers that count
     * that one's deliveries: one of ours may have the same.
     */
    private @Nullable CommandBatch deliveredWith(CellCommand command) {
        CommandBatch batch = batches.get(command.ticket());
        return batch != null && batch.contains(command) ? batch : null;
    }

    @Override
    public synchronized void settled(CellCommand command, CommandResult result) {
        CommandBatch batch = deliveredWith(command);
        if (batch != null) {
            batch.settle(command.index(), result);
            answerIfDone(batch);
        }
    }

    @Override
    public synchronized void voided(CellCommand command) {
        CommandBatch batch = deliveredWith(command);
        if (batch != null) {
            batch.lose(command.index());
            again(batch);
        }
    }

    @Override
    public synchronized void broken(CellCommand command, String why) {
        CommandBatch batch = deliveredWith(command);
        if (batch != null) {
            batch.threw(command.index(), why);
            answerIfDone(batch);
        }
    }

    @Override
    public void fenced(CellId cell, long epoch) {
        failed(cell, epoch, null);
        condemn.accept(cell, epoch);
    }

    /** The cell did not have it: whoever has it now is asked. */
    synchronized void elsewhere(CellCommand command) {
        CommandBatch batch = deliveredWith(command);
        if (batch != null) {
            batch.takeBack(command.index());
            again(batch);
        }
    }

    /** The cell died under this epoch. @param culprit whose handler threw, or null */
    synchronized void failed(CellId cell, long epoch, @Nullable CellCommand culprit) {
        for (CommandBatch batch : List.copyOf(batches.values())) {
            if (culprit != null && deliveredWith(culprit) == batch) {
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
