package dev.terrane.server.services;

import dev.terrane.base.CellId;
import dev.terrane.base.WorldId;
import dev.terrane.checkpoint.JournalEntry;
import dev.terrane.checkpoint.JournalStore;
import dev.terrane.checkpoint.StoreUnavailableException;
import dev.terrane.checkpoint.TickRecord;
import dev.terrane.command.IdempotencyKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The part of a journal that knows outcomes. */
final class RefusalBook implements JournalStore {
    final Map<IdempotencyKey, TickRecord.Outcome> outcomes = new HashMap<>();
    boolean away;

    @Override
    public List<TickRecord.Outcome> record(List<TickRecord.Outcome> refusals) {
        if (away) {
            throw new StoreUnavailableException("switched off", new IllegalStateException());
        }
        List<TickRecord.Outcome> counting = new ArrayList<>();
        for (TickRecord.Outcome refusal : refusals) {
            outcomes.putIfAbsent(refusal.key(), refusal);
            counting.add(outcomes.get(refusal.key()));
        }
        return counting;
    }

    @Override
    public List<Commit> commit(List<TickRecord> records) {
        throw new UnsupportedOperationException("no cell is here");
    }

    @Override
    public Map<IdempotencyKey, TickRecord.Outcome> outcomes(List<IdempotencyKey> keys) {
        throw new UnsupportedOperationException("nobody asks");
    }

    @Override
    public int forgetOutcomes(long ageMillisMin, int countMax) {
        return 0;
    }

    @Override
    public List<JournalEntry> tail(CellId cell) {
        return List.of();
    }

    @Override
    public List<JournalEntry> tail(WorldId world) {
        return List.of();
    }
}
