package dev.terrane.ghosts;

import dev.terrane.base.CellId;
import dev.terrane.base.LongLongMap;
import dev.terrane.base.WorldId;
import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.ByteWriter;
import dev.terrane.ecs.EntityStore;
import java.util.Arrays;
import java.util.Map;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** All ghosts of a cell, in a store of their own, found by id; and for each which source tells of it. */
final class Flock {
    final EntityStore store;
    private final GhostShape shape;
    private final GhostTables tables;
    private final LongLongMap handles = new LongLongMap();
    /** By slot: who tells of it; null while it goes from one owner to the next. */
    private @Nullable Source[] sources = new Source[64];

    private int[] numbers = new int[64];
    /** By slot: where a ghost without a source is said to be. */
    private @Nullable CellId[] owners = new CellId[64];

    private long[] endTicks = new long[64];
    /** Ghosts that were without a source when they were put here. */
    private long[] bridges = new long[16];

    private int bridgeCount;

    Flock(GhostShape shape) {
        this.shape = shape;
        this.store = new EntityStore(shape.schema);
        this.tables = new GhostTables(shape, store);
    }

    int size() {
        return store.size();
    }

    long find(long id) {
        return id == 0 ? 0 : handles.get(id);
    }

    long idOf(long ghost) {
        return store.alive(ghost) ? tableOf(ghost).ids.read()[store.rowOf(ghost)] : 0;
    }

    int ownershipOf(long ghost) {
        return tableOf(ghost).ownerships.read()[store.rowOf(ghost)];
    }

    @Nullable
    Source sourceOf(long ghost) {
        return sources[EntityStore.slot(ghost)];
    }

    int numberOf(long ghost) {
        return numbers[EntityStore.slot(ghost)];
    }

    @Nullable
    CellId ownerOf(long ghost) {
        Source source = sourceOf(ghost);
        return source == null ? owners[EntityStore.slot(ghost)] : source.cell;
    }

    GhostTable tableOf(long ghost) {
        GhostTable table = tables.of(ghost);
        if (table == null) {
            throw new IllegalStateException("a ghost lies in a table without an identity");
        }
        return table;
    }

    /** The table of ghosts with these components that travel. */
    GhostTable table(long travelling) {
        tables.refresh();
        GhostTable table = tables.withTravelling(travelling);
        if (table == null) {
            long first = store.add(shape.ghostMask(travelling));
            table = tableOf(first);
            store.remove(first);
        }
        return table;
    }

    /** Adds a ghost whose values the caller writes next. */
    long add(long id, int ownership, GhostTable table) {
        long ghost = store.add(shape.ghostMask(table.travelling));
        int slot = EntityStore.slot(ghost);
        reserve(slot + 1);
        int row = store.rowOf(ghost);
        table.ids.set(row, id);
        table.arrivedTicks.set(row, 0);
        table.ownerships.set(row, ownership);
        handles.put(id, ghost);
        return ghost;
    }

    private void reserve(int slotCount) {
        if (slotCount > sources.length) {
            int size = Math.max(slotCount, sources.length * 2);
            sources = Arrays.copyOf(sources, size);
            numbers = Arrays.copyOf(numbers, size);
            owners = Arrays.copyOf(owners, size);
            endTicks = Arrays.copyOf(endTicks, size);
        }
    }

    /** From now on this source tells of the ghost. */
    void seat(long ghost, int ownership, Source source, int number) {
        int slot = EntityStore.slot(ghost);
        letGo(ghost);
        sources[slot] = source;
        numbers[slot] = number;
        owners[slot] = null;
        tableOf(ghost).ownerships.set(store.rowOf(ghost), ownership);
    }

    /** Nobody tells of the ghost until its new owner does. */
    void bridge(long ghost, int ownership, CellId owner, long endTick) {
        int slot = EntityStore.slot(ghost);
        letGo(ghost);
        sources[slot] = null;
        owners[slot] = owner;
        endTicks[slot] = endTick;
        tableOf(ghost).ownerships.set(store.rowOf(ghost), ownership);
        if (bridgeCount == bridges.length) {
            bridges = Arrays.copyOf(bridges, bridgeCount * 2);
        }
        bridges[bridgeCount++] = ghost;
    }

    private void letGo(long ghost) {
        Source former = sourceOf(ghost);
        if (former != null && former.handle(numberOf(ghost)) == ghost) {
            former.letGo(numberOf(ghost));
        }
    }

    void remove(long ghost) {
        letGo(ghost);
        int slot = EntityStore.slot(ghost);
        sources[slot] = null;
        owners[slot] = null;
        handles.remove(idOf(ghost));
        store.remove(ghost);
    }

    /** Ends those whose new owner has told nothing in time. */
    void endBridges(long tick) {
        int kept = 0;
        for (int i = 0; i < bridgeCount; i++) {
            long ghost = bridges[i];
            if (!store.alive(ghost) || sourceOf(ghost) != null) {
                continue;
            }
            if (tick >= endTicks[EntityStore.slot(ghost)]) {
                remove(ghost);
            } else {
                bridges[kept++] = ghost;
            }
        }
        bridgeCount = kept;
    }

    /** Those that nobody tells of for now. */
    void eachBridged(LongConsumer ghosts) {
        for (int i = 0; i < bridgeCount; i++) {
            if (store.alive(bridges[i]) && sourceOf(bridges[i]) == null) {
                ghosts.accept(bridges[i]);
            }
        }
    }

    GhostTables tables() {
        tables.refresh();
        return tables;
    }

    /** The ghosts, before their sources. */
    void readGhosts(ByteReader in) {
        store.read(in);
        store.clearChanges();
        tables.refresh();
        for (int i = 0; i < tables.count(); i++) {
            GhostTable table = tables.at(i);
            for (int row = 0; table != null && row < table.table.size(); row++) {
                handles.put(table.ids.get(row), table.table.entity(row));
            }
        }
        reserve(store.slotLimit());
    }

    /** Who tells of each of them. */
    void writeSeats(ByteWriter out) {
        out.varuint(store.size());
        for (int slot = 0; slot < store.slotLimit(); slot++) {
            if (store.alive(store.handleAt(slot))) {
                Source source = sources[slot];
                out.varuint(slot);
                GhostFormat.optionalCell(source == null ? null : source.cell, out);
                if (source == null) {
                    GhostFormat.optionalCell(owners[slot], out);
                    out.varlong(endTicks[slot]);
                } else {
                    out.varuint(numbers[slot]);
                }
            }
        }
        out.i64s(bridges, bridgeCount);
    }

    void readSeats(WorldId world, Map<CellId, Source> byCell, ByteReader in) {
        for (int rest = in.count(3); rest > 0; rest--) {
            int slot = in.varuint();
            if (slot < 0 || slot >= store.slotLimit() || !store.alive(store.handleAt(slot))) {
                throw in.malformed("no ghost in slot " + slot);
            }
            CellId source = GhostFormat.optionalCell(world, in);
            sources[slot] = source == null ? null : byCell.get(source);
            if (source != null && sources[slot] == null) {
                throw in.malformed("ghosts of " + source + ", which was asked nothing");
            }
            if (source == null) {
                owners[slot] = GhostFormat.optionalCell(world, in);
                endTicks[slot] = in.varlong();
            } else {
                numbers[slot] = in.varuint();
            }
        }
        bridges = in.i64s();
        bridgeCount = bridges.length;
        bridges = Arrays.copyOf(bridges, Math.max(16, bridgeCount));
    }
}
