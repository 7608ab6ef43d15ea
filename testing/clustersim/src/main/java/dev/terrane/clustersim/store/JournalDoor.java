package dev.terrane.clustersim.store;

import dev.terrane.base.CellId;
import dev.terrane.base.WorldId;
import dev.terrane.checkpoint.JournalEntry;
import dev.terrane.checkpoint.JournalStore;
import dev.terrane.checkpoint.TickRecord;
import dev.terrane.command.IdempotencyKey;
import java.util.List;
import java.util.Map;

/** A node's way to the journal. */
public final class JournalDoor implements JournalStore {
    private final StoreDoor door;
    private final SimJournal journal;

    JournalDoor(StoreDoor door, SimJournal journal) {
        this.door = door;
        this.journal = journal;
    }

    @Override
    public List<Commit> commit(List<TickRecord> records) {
        return door.call(() -> journal.commit(records));
    }

    @Override
    public List<TickRecord.Outcome> record(List<TickRecord.Outcome> outcomes) {
        return door.call(() -> journal.record(outcomes));
    }

    @Override
    public Map<IdempotencyKey, TickRecord.Outcome> outcomes(List<IdempotencyKey> keys) {
        return door.call(() -> journal.outcomes(keys));
    }

    @Override
    public List<JournalEntry> tail(CellId cell) {
        return door.call(() -> journal.tail(cell));
    }

    @Override
    public List<JournalEntry> tail(WorldId world) {
        return door.call(() -> journal.tail(world));
    }

    @Override
    public int forgetOutcomes(long ageMillisMin, int countMax) {
        return 0;
    }
}
