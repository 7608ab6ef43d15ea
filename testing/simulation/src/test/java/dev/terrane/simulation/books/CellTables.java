package dev.terrane.simulation.books;

import dev.terrane.base.CellId;
import dev.terrane.base.WorldId;
import dev.terrane.cell.CellFacts;
import dev.terrane.cell.CellImage;
import dev.terrane.checkpoint.JournalEntry;
import dev.terrane.checkpoint.JournalStore;
import dev.terrane.checkpoint.TickRecord;
import dev.terrane.command.IdempotencyKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Grants, journals, outcomes and checkpoints of cells, as the database keeps them. */
final class CellTables implements JournalStore {
    private final LaneTables lanes;
    private final BooksSabotage sabotage;
    final Outbox outbox = new Outbox();
    private final Map<CellId, Long> granted = new TreeMap<>();
    private final Map<CellId, List<JournalEntry>> journals = new TreeMap<>();
    private final Map<CellId, List<CellImage>> images = new TreeMap<>();
    private final SortedMap<IdempotencyKey, TickRecord.Outcome> outcomes = new TreeMap<>();
    int staleCount;
    int conflictCount;
    int recordCount;

    CellTables(LaneTables lanes, BooksSabotage sabotage) {
        this.lanes = lanes;
        this.sabotage = sabotage;
    }

    /** A cell's right and past, read after the right was given. */
    record Grant(CellId cell, long epoch, @Nullable CellImage image, List<CellFacts> journal) {}

    Grant grant(CellId cell) {
        long epoch = granted.merge(cell, 1L, Long::sum);
        List<CellImage> kept = images.getOrDefault(cell, List.of());
        List<CellFacts> facts = new ArrayList<>();
        if (sabotage != BooksSabotage.JOURNAL_NOT_READ) {
            for (JournalEntry entry : tail(cell)) {
                facts.add(new CellFacts(
                        entry.cell(), entry.epoch(), entry.tick(), entry.schemaFingerprint(), entry.facts()));
            }
        }
        return new Grant(cell, epoch, kept.isEmpty() ? null : kept.getLast(), facts);
    }

    /** False: somebody else owns the cell, its writer must stop. */
    boolean save(CellImage image) {
        if (granted.getOrDefault(image.cell(), 0L) > image.epoch()) {
            return false;
        }
        List<CellImage> kept = images.computeIfAbsent(image.cell(), _ -> new ArrayList<>());
        if (!kept.isEmpty()
                && kept.getLast().epoch() == image.epoch()
                && kept.getLast().tick() >= image.tick()) {
            return true; // the same again
        }
        kept.add(image);
        if (kept.size() > 2) {
            kept.removeFirst();
        }
        if (kept.size() == 2) {
            CellImage before = kept.getFirst();
            journals.getOrDefault(image.cell(), new ArrayList<>()).removeIf(entry -> contains(before, entry));
        }
        return true;
    }

    private static boolean contains(CellImage image, JournalEntry entry) {
        return entry.epoch() < image.epoch() || entry.epoch() == image.epoch() && entry.tick() <= image.tick();
    }

    @Override
    public List<Commit> commit(List<TickRecord> records) {
        List<Commit> answers = new ArrayList<>();
        Map<String, Commit> stopped = new LinkedHashMap<>();
        for (TickRecord record : records) {
            JournalEntry entry = record.entry();
            String owner = entry.cell() + "/" + entry.epoch();
            if (isCommitted(entry)) {
                answers.add(Commit.COMMITTED);
                continue;
            }
            Commit answer = stopped.containsKey(owner) ? stopped.get(owner) : judge(record);
            answers.add(answer);
            if (answer == Commit.COMMITTED) {
                keep(record);
            } else {
                stopped.put(owner, answer);
                staleCount += answer == Commit.STALE_EPOCH ? 1 : 0;
                conflictCount += answer == Commit.CONFLICT ? 1 : 0;
            }
        }
        return answers;
    }

    private boolean isCommitted(JournalEntry entry) {
        return journals.getOrDefault(entry.cell(), List.of()).stream()
                .anyMatch(known -> known.epoch() == entry.epoch() && known.tick() == entry.tick());
    }

    private Commit judge(TickRecord record) {
        if (granted.getOrDefault(record.entry().cell(), 0L) > record.entry().epoch()
                && sabotage != BooksSabotage.NO_FENCE_AT_JOURNAL) {
            return Commit.STALE_EPOCH;
        }
        Set<IdempotencyKey> own = new HashSet<>();
        for (TickRecord.Outcome outcome : record.outcomes()) {
            if ((outcomes.containsKey(outcome.key()) || !own.add(outcome.key()))
                    && sabotage != BooksSabotage.OUTCOMES_IGNORED) {
                return Commit.CONFLICT;
            }
        }
        return Commit.COMMITTED;
    }

    private void keep(TickRecord record) {
        recordCount++;
        record.outcomes().forEach(outcome -> outcomes.put(outcome.key(), outcome));
        journals.computeIfAbsent(record.entry().cell(), _ -> new ArrayList<>()).add(record.entry());
        if (sabotage != BooksSabotage.SENT_BESIDE_THE_JOURNAL) {
            lanes.appendAll(record.sent());
        }
        outbox.add(List.of(), record.events());
    }

    @Override
    public List<TickRecord.Outcome> record(List<TickRecord.Outcome> wanted) {
        List<TickRecord.Outcome> counting = new ArrayList<>();
        for (TickRecord.Outcome outcome : wanted) {
            outcomes.putIfAbsent(outcome.key(), outcome);
            counting.add(outcomes.getOrDefault(outcome.key(), outcome));
        }
        return counting;
    }

    @Override
    public Map<IdempotencyKey, TickRecord.Outcome> outcomes(List<IdempotencyKey> keys) {
        Map<IdempotencyKey, TickRecord.Outcome> found = new TreeMap<>();
        for (IdempotencyKey key : keys) {
            TickRecord.Outcome known = outcomes.get(key);
            if (known != null && sabotage != BooksSabotage.OUTCOMES_IGNORED) {
                found.put(key, known);
            }
        }
        return found;
    }

    TickRecord.@Nullable Outcome outcome(IdempotencyKey key) {
        return outcomes.get(key);
    }

    SortedMap<IdempotencyKey, TickRecord.Outcome> outcomes() {
        return outcomes;
    }

    @Override
    public List<JournalEntry> tail(CellId cell) {
        List<CellImage> kept = images.getOrDefault(cell, List.of());
        return journals.getOrDefault(cell, List.of()).stream()
                .filter(entry -> kept.isEmpty() || !contains(kept.getLast(), entry))
                .toList();
    }

    @Override
    public List<JournalEntry> tail(WorldId world) {
        return journals.keySet().stream()
                .filter(cell -> cell.world().equals(world))
                .flatMap(cell -> tail(cell).stream())
                .toList();
    }

    @Override
    public int forgetOutcomes(long ageMillisMin, int countMax) {
        return 0; // nothing gets old enough here
    }
}
