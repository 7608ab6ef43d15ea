package dev.terrane.ghosts;

import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.ByteWriter;
import dev.terrane.ecs.EntityStore;
import dev.terrane.ecs.FieldKind;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Who was told what about each entity, by its slot in the cell's own store. */
final class Tellings {
    /** Subscribers that know it. */
    long[] told = {};
    /** Subscribers that know it as it was before a batch that was refused. */
    long[] stale = {};
    /** Subscribers that ask for it by id, in this tick. */
    long[] wantedById = {};
    /** When somebody was last told anything about it. */
    long[] touchedTick = {};

    long[] ids = {};
    /** The components that travel, as told. */
    long[] travelling = {};

    int[] tableOf = {};
    /** Values as told, by {@link #at} and field. */
    long[] bits = {};

    @Nullable
    String[] texts = {};

    private int stride = 1;

    int at(int slot) {
        return slot * stride;
    }

    int size() {
        return told.length;
    }

    void reserve(int slotCount, int fieldCount) {
        if (slotCount <= told.length && fieldCount <= stride) {
            return;
        }
        int slots = slotCount <= told.length ? told.length : Math.max(slotCount, told.length * 2);
        int newStride = Math.max(stride, fieldCount);
        long[] newBits = new long[slots * newStride];
        @Nullable String[] newTexts = new String[slots * newStride];
        for (int slot = 0; slot < told.length; slot++) {
            System.arraycopy(bits, slot * stride, newBits, slot * newStride, stride);
            System.arraycopy(texts, slot * stride, newTexts, slot * newStride, stride);
        }
        bits = newBits;
        texts = newTexts;
        stride = newStride;
        told = Arrays.copyOf(told, slots);
        stale = Arrays.copyOf(stale, slots);
        wantedById = Arrays.copyOf(wantedById, slots);
        touchedTick = Arrays.copyOf(touchedTick, slots);
        ids = Arrays.copyOf(ids, slots);
        travelling = Arrays.copyOf(travelling, slots);
        tableOf = Arrays.copyOf(tableOf, slots);
    }

    /** Remembers an entity as it is now. */
    void capture(GhostTable table, int tableIndex, int row, int slot) {
        ids[slot] = table.ids.read()[row];
        travelling[slot] = table.travelling;
        tableOf[slot] = tableIndex;
        int at = at(slot);
        for (int field = 0; field < table.columns.length; field++) {
            GhostColumn column = table.columns[field];
            if (column.kind == FieldKind.TEXT) {
                texts[at + field] = column.text(row);
            } else {
                bits[at + field] = column.bits(row);
            }
        }
    }

    /** These subscribers know nothing any more. */
    void forget(long subscribers) {
        for (int slot = 0; slot < told.length; slot++) {
            told[slot] &= ~subscribers;
            stale[slot] &= ~subscribers;
        }
    }

    /** What this subscriber was told in this tick did not arrive. */
    void refused(long subscriber, long tick) {
        for (int slot = 0; slot < told.length; slot++) {
            if ((told[slot] & subscriber) != 0 && touchedTick[slot] == tick) {
                stale[slot] |= subscriber;
            }
        }
    }

    /** Who knows whom; what they were told is how the entities are, for every tick tells of every change. */
    void write(ByteWriter out) {
        int count = 0;
        for (long each : told) {
            count += each != 0 ? 1 : 0;
        }
        out.varuint(count);
        for (int slot = 0; slot < told.length; slot++) {
            if (told[slot] != 0) {
                out.varuint(slot);
                out.varulong(told[slot]);
                out.varulong(stale[slot]);
            }
        }
    }

    void read(EntityStore store, GhostTables tables, ByteReader in) {
        for (int rest = in.count(3); rest > 0; rest--) {
            int slot = in.varuint();
            long handle = slot >= 0 && slot < told.length ? store.handleAt(slot) : 0;
            GhostTable table = store.alive(handle) ? tables.of(handle) : null;
            if (table == null) {
                throw in.malformed("nobody can be seen in slot " + slot);
            }
            told[slot] = in.varulong();
            stale[slot] = in.varulong();
            capture(table, tables.indexOf(table), store.rowOf(handle), slot);
        }
    }
}
