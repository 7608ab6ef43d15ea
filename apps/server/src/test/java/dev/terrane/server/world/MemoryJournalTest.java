package dev.terrane.server.world;

import dev.terrane.base.CellId;
import dev.terrane.checkpoint.JournalStore;
import dev.terrane.checkpoint.JournalStoreContract;

class MemoryJournalTest extends JournalStoreContract {
    private final MemoryJournal journal = new MemoryJournal();
    private long lastEpoch;

    @Override
    protected JournalStore journal() {
        return journal;
    }

    @Override
    protected long grant(CellId cell) {
        journal.granted(cell, ++lastEpoch);
        return lastEpoch;
    }
}
