package dev.terrane.clustersim.store;

import dev.terrane.base.CellId;
import dev.terrane.base.WorldId;
import dev.terrane.checkpoint.Checkpoint;
import dev.terrane.checkpoint.JournalEntry;
import dev.terrane.checkpoint.JournalStore.Commit;
import dev.terrane.checkpoint.TickRecord;
import dev.terrane.command.IdempotencyKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The table of the journal, and that of outcomes. */
public final class SimJournal {
    private static final Comparator<JournalEntry> BY_AGE =
            Comparator.comparingLong(JournalEntry::epoch).thenComparingLong(JournalEntry::tick);

    private final SimStore store;
    private final SimStore.Laxity laxity;
    private final Map<CellId, List<JournalEntry>> entries = new TreeMap<>();
    /** Only looked up. */
    private final Map<IdempotencyKey, TickRecord.Outcome> outcomes = new HashMap<>();

    private final Set<Tick> committed = new HashSet<>();
    private long commitCount;

    private record Owner(CellId cell, long epoch) {}

    private record Tick(Owner owner, long tick) {
        static Tick of(TickRecord record) {
            JournalEntry entry = record.entry();
            return new Tick(new Owner(entry.cell(), entry.epoch()), entry.tick());
        }
    }

    public SimJournal(SimStore store, SimStore.Laxity laxity) {
        this.store = store;
        this.laxity = laxity;
    }

    /** Records that were committed. */
    public long commitCount() {
        return commitCount;
    }

    Set<CellId> cells() {
        return entries.keySet();
    }

    List<Commit> commit(List<TickRecord> records) {
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
        return answers;
    }

    private Commit commit(TickRecord record, Tick tick) {
        if (committed.contains(tick)) {
            return Commit.COMMITTED;
        }
        if (laxity != SimStore.Laxity.OLD_FACTS && store.refuses(tick.owner.cell, tick.owner.epoch)) {
            return Commit.STALE_EPOCH;
        }
        Set<IdempotencyKey> own = new HashSet<>();
        if (record.outcomes().stream()
                .anyMatch(outcome -> !own.add(outcome.key()) || outcomes.containsKey(outcome.key()))) {
            return Commit.CONFLICT;
        }
        record.outcomes().forEach(outcome -> outcomes.put(outcome.key(), outcome));
        committed.add(tick);
        commitCount++;
        store.taken("facts", tick.owner.cell, tick.owner.epoch);
        if (laxity == SimStore.Laxity.FORGETS_FACTS) {
            return Commit.COMMITTED;
        }
        List<JournalEntry> ofCell = entries.computeIfAbsent(tick.owner.cell, _ -> new ArrayList<>());
        ofCell.add(record.entry());
        ofCell.sort(BY_AGE);
        return Commit.COMMITTED;
    }

    List<TickRecord.Outcome> record(List<TickRecord.Outcome> told) {
        List<TickRecord.Outcome> counting = new ArrayList<>();
        for (TickRecord.Outcome each : told) {
            TickRecord.Outcome earlier = outcomes.putIfAbsent(each.key(), each);
            counting.add(earlier == null ? each : earlier);
        }
        return counting;
    }

    Map<IdempotencyKey, TickRecord.Outcome> outcomes(List<IdempotencyKey> keys) {
        Map<IdempotencyKey, TickRecord.Outcome> known = new HashMap<>();
        for (IdempotencyKey key : keys) {
            TickRecord.Outcome outcome = outcomes.get(key);
            if (outcome != null) {
                known.put(key, outcome);
            }
        }
        return known;
    }

    /** What the checkpoint before the latest contains is of no use any more. */
    void prune(CellId cell, @Nullable List<Checkpoint> kept) {
        List<JournalEntry> ofCell = entries.get(cell);
        if (kept != null && kept.size() > 1 && ofCell != null) {
            Checkpoint former = kept.getFirst();
            ofCell.removeIf(entry -> !isAbove(entry, former));
        }
    }

    private static boolean isAbove(JournalEntry entry, Checkpoint checkpoint) {
        return entry.epoch() > checkpoint.epoch()
                || entry.epoch() == checkpoint.epoch() && entry.tick() > checkpoint.tick();
    }

    List<JournalEntry> tail(CellId cell) {
        List<Checkpoint> kept = store.tables.checkpoints.get(cell);
        Checkpoint latest = kept == null ? null : kept.getLast();
        return entries.getOrDefault(cell, List.of()).stream()
                .filter(entry -> latest == null || isAbove(entry, latest))
                .toList();
    }

    List<JournalEntry> tail(WorldId world) {
        List<JournalEntry> all = new ArrayList<>();
        for (CellId cell : entries.keySet()) {
            if (Objects.equals(cell.world(), world)) {
                all.addAll(tail(cell));
            }
        }
        return all;
    }
}
