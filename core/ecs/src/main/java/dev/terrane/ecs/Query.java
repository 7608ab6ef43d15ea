package dev.terrane.ecs;

import java.util.Iterator;

/** The tables whose entities have certain components, in order of creation; empty ones are skipped. */
public final class Query implements Iterable<Table> {
    Query() {}

    @Override
    public Iterator<Table> iterator() {
        throw new UnsupportedOperationException();
    }

    /** Entities in all matching tables. */
    public int size() {
        throw new UnsupportedOperationException();
    }
}
