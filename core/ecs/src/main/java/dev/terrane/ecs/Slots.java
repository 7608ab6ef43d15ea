package dev.terrane.ecs;

import dev.terrane.base.StateHash;
import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.ByteWriter;
import java.util.Arrays;

/**
 * Where each entity is, by slot, and which slots are free.
 *
 * <pre>
 *   FREE ──take──► PENDING ──place──► in a table ──release──► FREE, one generation later (RETIRED after the last)
 * </pre>
 *
 * <p>FREE: on the free list; its generation is that of the next tenant. PENDING: promised to a spawn that waits for its flush.
 * RETIRED: its generations are used up; it is never used again, so that no handle ever comes back to life.
 */
final class Slots {
    /** Far more than a cell can tick; keeps a runaway spawner from eating the node. */
    static final int COUNT_MAX = 1 << 22;

    private static final int GENERATION_LAST = Integer.MAX_VALUE;
    private static final int PENDING = -1;
    private static final int FREE = -2;
    private static final int RETIRED = -3;

    private int[] generations = new int[64];
    private int[] tables = new int[64];
    private int[] rows = new int[64];
    private int limit;
    private int[] free = new int[16];
    private int freeCount;

    int limit() {
        return limit;
    }

    long take() {
        int slot;
        if (freeCount > 0) {
            slot = free[--freeCount];
        } else {
            if (limit == COUNT_MAX) {
                throw new IllegalStateException("a store holds at most " + COUNT_MAX + " entities");
            }
            slot = limit;
            reserve(++limit);
            generations[slot] = 1;
        }
        tables[slot] = PENDING;
        return handle(slot);
    }

    void place(long entity, int table, int row) {
        int slot = EntityStore.slot(entity);
        tables[slot] = table;
        rows[slot] = row;
    }

    void release(long entity) {
        int slot = EntityStore.slot(entity);
        if (generations[slot] == GENERATION_LAST) {
            tables[slot] = RETIRED;
            return;
        }
        generations[slot]++;
        pushFree(slot);
    }

    private void pushFree(int slot) {
        tables[slot] = FREE;
        if (freeCount == free.length) {
            free = Arrays.copyOf(free, freeCount * 2);
        }
        free[freeCount++] = slot;
    }

    boolean alive(long entity) {
        return current(entity) && tables[EntityStore.slot(entity)] >= 0;
    }

    boolean pending(long entity) {
        return current(entity) && tables[EntityStore.slot(entity)] == PENDING;
    }

    private boolean current(long entity) {
        int slot = EntityStore.slot(entity);
        return slot >= 0 && slot < limit && generations[slot] == (int) (entity >>> 32);
    }

    int table(long entity) {
        return tables[EntityStore.slot(entity)];
    }

    int row(long entity) {
        return rows[EntityStore.slot(entity)];
    }

    long handleAt(int slot) {
        return slot >= 0 && slot < limit && tables[slot] >= 0 ? handle(slot) : 0;
    }

    private long handle(int slot) {
        return (long) generations[slot] << 32 | slot;
    }

    private void reserve(int count) {
        if (count > generations.length) {
            int capacity = Math.max(count, generations.length * 2);
            generations = Arrays.copyOf(generations, capacity);
            tables = Arrays.copyOf(tables, capacity);
            rows = Arrays.copyOf(rows, capacity);
        }
    }

    /** Takes over everything; whoever calls places each living entity anew. */
    void copyAll(Slots source) {
        reserve(source.limit);
        copyNames(source);
        System.arraycopy(source.tables, 0, tables, 0, limit);
    }

    /** Takes over what {@link #hash} and {@link #write} tell: not where each entity is. */
    void copyNames(Slots source) {
        limit = source.limit;
        generations = copy(source.generations, limit, generations);
        freeCount = source.freeCount;
        free = copy(source.free, freeCount, free);
    }

    private static int[] copy(int[] from, int count, int[] to) {
        if (to.length < count) {
            return from.clone();
        }
        System.arraycopy(from, 0, to, 0, count);
        return to;
    }

    void hash(StateHash hash) {
        hash.add(limit);
        for (int slot = 0; slot < limit; slot++) {
            hash.add(generations[slot]);
        }
        hash.add(freeCount);
        for (int i = 0; i < freeCount; i++) {
            hash.add(free[i]);
        }
    }

    void write(ByteWriter out) {
        out.varuint(limit);
        for (int slot = 0; slot < limit; slot++) {
            out.varuint(generations[slot]);
        }
        out.varuint(freeCount);
        for (int i = 0; i < freeCount; i++) {
            out.varuint(free[i]);
        }
    }

    /** Afterwards every slot that is not free waits for {@link #claim}. */
    void read(ByteReader in) {
        limit = in.count(1);
        if (limit > COUNT_MAX) {
            throw in.malformed(limit + " slots are more than " + COUNT_MAX);
        }
        reserve(limit);
        for (int slot = 0; slot < limit; slot++) {
            generations[slot] = in.varuint();
            tables[slot] = PENDING;
            if (generations[slot] < 1) {
                throw in.malformed("slot " + slot + " has generation " + generations[slot]);
            }
        }
        int count = in.count(1);
        freeCount = 0;
        for (int i = 0; i < count; i++) {
            int slot = in.varuint();
            if (slot < 0 || slot >= limit || tables[slot] != PENDING) {
                throw in.malformed("free slot " + slot + " does not exist or is free twice");
            }
            pushFree(slot);
        }
    }

    /** Gives a slot that was read its place; returns the handle. */
    long claim(int slot, int table, int row, ByteReader in) {
        if (slot < 0 || slot >= limit || tables[slot] != PENDING) {
            throw in.malformed("the entity in slot " + slot + " is free or is there twice");
        }
        tables[slot] = table;
        rows[slot] = row;
        return handle(slot);
    }

    /** Refuses slots that belong to nobody; those of the last generation have retired. */
    void requireAllClaimed(ByteReader in) {
        for (int slot = 0; slot < limit; slot++) {
            if (tables[slot] == PENDING) {
                if (generations[slot] != GENERATION_LAST) {
                    throw in.malformed("slot " + slot + " is neither free nor an entity's");
                }
                tables[slot] = RETIRED;
            }
        }
    }
}
