package dev.terrane.server.world;

import dev.terrane.base.CellId;
import dev.terrane.base.WorldId;
import dev.terrane.checkpoint.JournalEntry;
import dev.terrane.checkpoint.JournalStore;
import dev.terrane.checkpoint.StoreUnavailableException;
import dev.terrane.checkpoint.TickRecord;
import dev.terrane.command.CommandEnvelope;
import dev.terrane.command.EventEnvelope;
import dev.terrane.command.IdempotencyKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/** Stands in for the journal's port: keeps everything, is away when it is told to, and can lose its answer after it has committed. */
final class MemoryJournal implements JournalStore {
    private final List<JournalEntry> entries = new ArrayList<>();
    private final Map<IdempotencyKey, TickRecord.Outcome> outcomes = new HashMap<>();
    private final Set<List<Object>> committed = new HashSet<>();
    final List<CommandEnvelope> sent = new ArrayList<>();
    final List<EventEnvelope> events = new ArrayList<>();
    volatile boolean away;
    volatile boolean losesAnswers;
    volatile boolean commitsNothing;
    private long callCount;

    private volatile CountDownLatch gate = new CountDownLatch(0);
    private volatile boolean holding;

    /** From now on commits wait. */
    void hold() {
        gate = new CountDownLatch(1);
    }

    /** Whether one waits. */
    boolean isHolding() {
        return holding;
    }

    void release() {
        gate.countDown();
    }

    /** Somebody else has carried the command out. */
    synchronized void commitElsewhere(TickRecord.Outcome outcome) {
        outcomes.put(outcome.key(), outcome);
    }

    @Override
    public List<Commit> commit(List<TickRecord> records) {
        holding = gate.getCount() > 0;
        try {
            gate.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailableException("interrupted", e);
        }
        holding = false;
        return commitNow(records);
    }

    private synchronized List<Commit> commitNow(List<TickRecord> records) {
        callCount++;
        requireHere();
        if (commitsNothing) {
            throw new StoreUnavailableException("stalled", new IllegalStateException());
        }
        List<Commit> answers = new ArrayList<>();
        Set<CellId> refused = new HashSet<>();
        for (TickRecord record : records) {
            answers.add(refused.contains(record.entry().cell()) ? Commit.CONFLICT : commit(record));
            if (answers.getLast() == Commit.CONFLICT) {
                refused.add(record.entry().cell());
            }
        }
        if (losesAnswers && callCount % 2 == 1) {
            throw new StoreUnavailableException("the answer was lost on the way", new IllegalStateException());
        }
        return answers;
    }

    private Commit commit(TickRecord record) {
        JournalEntry entry = record.entry();
        if (!committed.add(List.of(entry.cell(), entry.epoch(), entry.tick()))) {
            return Commit.COMMITTED;
        }
        Set<IdempotencyKey> own = new HashSet<>();
        if (record.outcomes().stream()
                .anyMatch(outcome -> !own.add(outcome.key()) || outcomes.containsKey(outcome.key()))) {
            return Commit.CONFLICT;
        }
        record.outcomes().forEach(outcome -> outcomes.put(outcome.key(), outcome));
        entries.add(entry);
        sent.addAll(record.sent());
        events.addAll(record.events());
        return Commit.COMMITTED;
    }

    @Override
    public synchronized List<TickRecord.Outcome> record(List<TickRecord.Outcome> refusals) {
        requireHere();
        List<TickRecord.Outcome> counting = new ArrayList<>();
        for (TickRecord.Outcome refusal : refusals) {
            TickRecord.Outcome earlier = outcomes.putIfAbsent(refusal.key(), refusal);
            counting.add(earlier == null ? refusal : earlier);
        }
        return counting;
    }

    @Override
    public synchronized Map<IdempotencyKey, TickRecord.Outcome> outcomes(List<IdempotencyKey> keys) {
        requireHere();
        Map<IdempotencyKey, TickRecord.Outcome> known = new HashMap<>(outcomes);
        known.keySet().retainAll(keys);
        return known;
    }

    @Override
    public int forgetOutcomes(long ageMillisMin, int countMax) {
        return 0;
    }

    synchronized int outcomeCount() {
        return outcomes.size();
    }

    @Override
    public synchronized List<JournalEntry> tail(CellId cell) {
        return entries.stream().filter(entry -> entry.cell().equals(cell)).toList();
    }

    @Override
    public synchronized List<JournalEntry> tail(WorldId world) {
        return List.copyOf(entries);
    }

    private void requireHere() {
        if (away) {
            throw new StoreUnavailableException("switched off", new IllegalStateException());
        }
    }
}
