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
import java.util.Comparator;
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
    private final Set<Tick> committed = new HashSet<>();
    private final Map<CellId, Long> granted = new HashMap<>();
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

    private record Owner(CellId cell, long epoch) {}

    private record Tick(Owner owner, long tick) {
        static Tick of(TickRecord record) {
            JournalEntry entry = record.entry();
            return new Tick(new Owner(entry.cell(), entry.epoch()), entry.tick());
        }
    }

    /** From now on lower epochs are refused; a cell that was never granted has none. */
    synchronized void granted(CellId cell, long epoch) {
        granted.put(cell, epoch);
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
        if (records.stream().map(Tick::of).distinct().count() < records.size()) {
            throw new IllegalArgumentException("a tick twice in one call");
        }
        List<Commit> answers = new ArrayList<>();
        Map<Owner, Commit> stopped = new HashMap<>();
        for (TickRecord record : records) {
            Tick tick = Tick.of(record);
            Commit before = stopped.get(tick.owner);
            Commit answer = before == null || committed.contains(tick) ? commit(record, tick) : before;
            answers.add(answer);
            if (answer != Commit.COMMITTED) {
                stopped.put(tick.owner, answer);
            }
        }
        if (losesAnswers && callCount % 2 == 1) {
            throw new StoreUnavailableException("the answer was lost on the way", new IllegalStateException());
        }
        return answers;
    }

    private Commit commit(TickRecord record, Tick tick) {
        if (committed.contains(tick)) {
            return Commit.COMMITTED;
        }
        if (granted.getOrDefault(tick.owner.cell, 0L) > tick.owner.epoch) {
            return Commit.STALE_EPOCH;
        }
        Set<IdempotencyKey> own = new HashSet<>();
        if (record.outcomes().stream()
                .anyMatch(outcome -> !own.add(outcome.key()) || outcomes.containsKey(outcome.key()))) {
            return Commit.CONFLICT;
        }
        record.outcomes().forEach(outcome -> outcomes.put(outcome.key(), outcome));
        committed.add(tick);
        entries.add(record.entry());
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
        return tail(cell.world()).stream()
                .filter(entry -> entry.cell().equals(cell))
                .toList();
    }

    @Override
    public synchronized List<JournalEntry> tail(WorldId world) {
        return entries.stream()
                .filter(entry -> entry.cell().world().equals(world))
                .sorted(Comparator.comparing(JournalEntry::cell)
                        .thenComparing(JournalEntry::epoch)
                        .thenComparing(JournalEntry::tick))
                .toList();
    }

    private void requireHere() {
        if (away) {
            throw new StoreUnavailableException("switched off", new IllegalStateException());
        }
    }
}
