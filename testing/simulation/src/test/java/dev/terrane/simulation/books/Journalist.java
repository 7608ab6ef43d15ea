package dev.terrane.simulation.books;

import dev.terrane.base.CellId;
import dev.terrane.cell.TickFacts;
import dev.terrane.checkpoint.JournalEntry;
import dev.terrane.checkpoint.JournalStore.Commit;
import dev.terrane.checkpoint.StoreUnavailableException;
import dev.terrane.checkpoint.TickRecord;
import dev.terrane.command.CommandEnvelope;
import dev.terrane.command.CommandResult;
import dev.terrane.command.EventEnvelope;
import dev.terrane.plugin.CommandOutcome;
import dev.terrane.protocol.cluster.CellCommand;
import dev.terrane.protocol.cluster.CellInput;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes the facts of a node's cells durable, those of many ticks at once, and then lets their results leave: as the server's journalist does, without its thread. */
final class Journalist {
    private static final long RETRY_NANOS = 30 * SimTime.MILLI;

    private final SimNode node;
    private final CellHouse house;
    private final BooksRun run;
    private List<Entry> queue = new ArrayList<>();
    private boolean writing;
    /** Facts that are not decided. */
    private int factsCount;

    /** Of each cell the epoch up to which nothing of it counts any more. */
    private final Map<CellId, Long> voidEpochs = new HashMap<>();

    private sealed interface Entry {
        record Facts(TickFacts facts, TickRecord record) implements Entry {}

        record After(CellId cell, long epoch, Runnable waiter) implements Entry {}
    }

    Journalist(SimNode node, CellHouse house) {
        this.node = node;
        this.house = house;
        this.run = node.run;
    }

    boolean isIdle() {
        return factsCount == 0;
    }

    void submit(TickFacts facts) {
        Entry.Facts entry = new Entry.Facts(facts, record(facts));
        queue.add(entry);
        factsCount++;
        if (run.sabotage == BooksSabotage.RESULT_BEFORE_JOURNAL) {
            settled(entry);
        }
        node.soon(this::write);
    }

    /** Tells the waiter when everything that was submitted before is decided, unless its cell's deeds are void by then. */
    void after(CellId cell, long epoch, Runnable waiter) {
        queue.add(new Entry.After(cell, epoch, waiter));
        node.soon(this::write);
    }

    private void write() {
        if (!writing && !queue.isEmpty()) {
            writing = true;
            node.after(run.time.someMillis(run.plan.gatherMillisMax()), () -> {
                List<Entry> taken = queue;
                queue = new ArrayList<>();
                commit(taken);
            });
        }
    }

    private void commit(List<Entry> entries) {
        List<Entry.Facts> facts = new ArrayList<>();
        for (Entry entry : entries) {
            if (entry instanceof Entry.Facts told) {
                if (isVoid(told.facts.cell(), told.facts.epoch())) {
                    voided(told);
                } else {
                    facts.add(told);
                }
            }
        }
        List<TickRecord> records = facts.stream().map(Entry.Facts::record).toList();
        if (records.isEmpty()) {
            ended(entries, facts, List.of());
            return;
        }
        run.report.groupMax = Math.max(run.report.groupMax, records.size());
        node.store(
                () -> torn(records) ? List.<Commit>of() : run.store.cells.commit(records),
                commits -> ended(entries, facts, commits),
                () -> {
                    if (run.sabotage == BooksSabotage.TORN_GROUP_BELIEVED) {
                        ended(
                                entries,
                                facts,
                                records.stream().map(_ -> Commit.COMMITTED).toList());
                    } else {
                        node.after(RETRY_NANOS, () -> commit(entries));
                    }
                });
    }

    /** The store makes only a first part of the group durable, and its answer is an error. */
    private boolean torn(List<TickRecord> records) {
        if (!run.time.rng.chance(run.faults.groupTears())) {
            return false;
        }
        run.report.tornGroups++;
        run.store.cells.commit(records.subList(0, run.time.rng.nextInt(records.size() + 1)));
        throw new StoreUnavailableException("torn", new IllegalStateException("torn"));
    }

    private void ended(List<Entry> entries, List<Entry.Facts> facts, List<Commit> commits) {
        for (int i = 0; i < facts.size(); i++) {
            judge(facts.get(i), commits.get(i));
        }
        for (Entry entry : entries) {
            if (entry instanceof Entry.After(CellId cell, long epoch, Runnable waiter) && !isVoid(cell, epoch)) {
                waiter.run();
            }
        }
        if (facts.stream().anyMatch(one -> !one.record.sent().isEmpty())) {
            node.lanes.nudge();
        }
        factsCount -=
                (int) entries.stream().filter(Entry.Facts.class::isInstance).count();
        writing = false;
        write();
    }

    private void judge(Entry.Facts entry, Commit commit) {
        TickFacts facts = entry.facts;
        if (isVoid(facts.cell(), facts.epoch())) {
            voided(entry); // a record before it, of the same call, was refused
        } else if (commit == Commit.COMMITTED) {
            house.offer(facts.cell(), facts.epoch(), new CellInput.FactsStored(facts.tick()));
            if (run.sabotage == BooksSabotage.SENT_BESIDE_THE_JOURNAL) {
                entry.record.sent().forEach(command -> node.soon(() -> node.lanes.append(command, _ -> {})));
            }
            settled(entry);
        } else {
            voidEpochs.put(facts.cell(), facts.epoch());
            voided(entry);
            house.condemn(facts.cell(), facts.epoch());
        }
    }

    private boolean isVoid(CellId cell, long epoch) {
        return voidEpochs.getOrDefault(cell, -1L) >= epoch;
    }

    private void settled(Entry.Facts entry) {
        for (int i = 0; i < entry.facts.carriedOut().size(); i++) {
            CellCommand command = entry.facts.carriedOut().get(i).command();
            CommandResult result = entry.record.outcomes().get(i).result();
            SimNode other = run.nodeOf(command);
            house.decided(entry.facts.cell(), command);
            node.tell(other, () -> other.carrier.settled(command, result));
        }
    }

    private void voided(Entry.Facts entry) {
        for (TickFacts.CarriedOut each : entry.facts.carriedOut()) {
            SimNode other = run.nodeOf(each.command());
            house.decided(entry.facts.cell(), each.command());
            node.tell(other, () -> other.carrier.voided(each.command()));
        }
    }

    private TickRecord record(TickFacts facts) {
        long now = run.time.millis();
        String tick = facts.cell() + "/" + facts.epoch() + "/" + facts.tick();
        List<TickRecord.Outcome> outcomes = new ArrayList<>();
        for (TickFacts.CarriedOut each : facts.carriedOut()) {
            CommandEnvelope command = each.command().envelope();
            outcomes.add(
                    new TickRecord.Outcome(command.idempotencyKey(), command.payloadHash(), result(each.outcome())));
        }
        List<CommandEnvelope> sent = new ArrayList<>();
        for (TickFacts.Sent each : facts.sent()) {
            sent.add(envelope(facts.cell(), each, tick + "/sent/" + sent.size(), now));
        }
        List<EventEnvelope> events = new ArrayList<>();
        for (TickFacts.Published each : facts.published()) {
            events.add(new EventEnvelope(
                    each.topic(), each.key(), tick + "/" + each.number(), "", now, Store.CODEC.encode(each.payload())));
        }
        return new TickRecord(
                new JournalEntry(facts.cell(), facts.epoch(), facts.tick(), facts.schemaFingerprint(), facts.facts()),
                outcomes,
                sent,
                events);
    }

    private static CommandResult result(CommandOutcome outcome) {
        return switch (outcome) {
            case CommandOutcome.Done done ->
                new CommandResult.Done(done.answer() == null ? new byte[0] : Store.CODEC.encode(done.answer()));
            case CommandOutcome.Refused(String code, String reason, int retryAfterMillis) ->
                new CommandResult.Refused(code, reason, retryAfterMillis);
        };
    }

    private static CommandEnvelope envelope(CellId cell, TickFacts.Sent sent, String eventId, long nowMillis) {
        return new CommandEnvelope(
                sent.type().name(),
                sent.type().version(),
                sent.key(),
                new CommandEnvelope.Origin(TickFacts.clientId(cell), sent.requestId()),
                new CommandEnvelope.Trace(eventId, eventId, "", cell.toString(), nowMillis),
                Store.CODEC.encode(sent.payload()));
    }
}
