package dev.terrane.ecs;

import java.util.ArrayList;
import java.util.ConcurrentModificationException;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/** The tables whose entities have certain components, in order of creation; empty ones are skipped. */
public final class Query implements Iterable<Table> {
    private final EntityStore store;
    private final long mask;
    private final List<Table> tables = new ArrayList<>();

    Query(EntityStore store, long mask) {
        this.store = store;
        this.mask = mask;
    }

    /** Its {@code next} throws ConcurrentModificationException when a flush has moved rows meanwhile. */
    @Override
    public Iterator<Table> iterator() {
        return new TableIterator(store, tables);
    }

    /** Entities in all matching tables. */
    public int size() {
        int size = 0;
        for (int i = 0; i < tables.size(); i++) {
            size += tables.get(i).size();
        }
        return size;
    }

    long mask() {
        return mask;
    }

    void offer(Table table) {
        if ((table.componentMask() & mask) == mask) {
            tables.add(table);
        }
    }

    void forgetTables() {
        tables.clear();
    }

    private static final class TableIterator implements Iterator<Table> {
        private final EntityStore store;
        private final List<Table> tables;
        private final long structure;
        private int next;

        TableIterator(EntityStore store, List<Table> tables) {
            this.store = store;
            this.tables = tables;
            this.structure = store.structure();
        }

        @Override
        public boolean hasNext() {
            while (next < tables.size() && tables.get(next).size() == 0) {
                next++;
            }
            return next < tables.size();
        }

        @Override
        public Table next() {
            if (structure != store.structure()) {
                throw new ConcurrentModificationException("the store was flushed or read during an iteration");
            }
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return tables.get(next++);
        }
    }
}
