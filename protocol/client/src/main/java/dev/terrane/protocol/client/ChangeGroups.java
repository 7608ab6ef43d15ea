package dev.terrane.protocol.client;

import dev.terrane.bytes.ByteWriter;
import java.util.Arrays;

/**
 * The <i>changed</i> part of a delta: gathered entity by entity in any order, written in groups of entities in which the same fields changed, so that the
 * fields are named once and the entities by a bit each, or not at all when it is all of them. Reused; allocates nothing once it has grown. Not thread-safe.
 */
public final class ChangeGroups {
    /** In a group's head: another group follows. */
    static final int MORE = 1;
    /** In a group's head: it is all entities of the slice but those that entered with this delta. */
    static final int ALL = 1 << 1;

    static final int MASK_SHIFT = 2;

    private final ByteWriter values = new ByteWriter(64);
    private final SlotSet slots = new SlotSet();
    private final long[] mask = new long[SliceWriter.SLOT_COUNT];
    private final int[] start = new int[SliceWriter.SLOT_COUNT];
    private final int[] end = new int[SliceWriter.SLOT_COUNT];
    private SlotSet[] groups = {new SlotSet()};
    private long[] groupMask = new long[1];
    private int groupCount;
    private int count;
    private int open = -1;
    /** Whether values of one group stand as they are to be written. */
    private boolean ascending = true;

    public void clear() {
        values.clear();
        slots.clear();
        count = 0;
        open = -1;
        ascending = true;
    }

    /** Entities gathered. */
    public int count() {
        return count;
    }

    /**
     * Adds an entity, once.
     *
     * @param fieldMask bit = entity field index (docs/PROTOCOL.md), not 0
     * @return where the differences of these fields go, ascending, before anything else is called here
     */
    public ByteWriter add(int slot, long fieldMask) {
        close();
        if (slots.has(slot)) {
            throw new IllegalStateException("slot " + slot + " has changed already");
        }
        ascending &= slot > open;
        slots.add(slot);
        mask[slot] = fieldMask;
        start[slot] = values.size();
        open = slot;
        count++;
        return values;
    }

    /** @param stayingCount entities of the slice that did not enter with this delta */
    public void write(ByteWriter out, int stayingCount) {
        close();
        group();
        for (int g = 0; g < groupCount; g++) {
            SlotSet group = groups[g];
            boolean all = group.count() == stayingCount;
            out.varulong(groupMask[g] << MASK_SHIFT | (all ? ALL : 0) | (g + 1 < groupCount ? MORE : 0));
            if (!all) {
                group.write(out);
            }
            if (groupCount == 1 && ascending) {
                out.raw(values.array(), 0, values.size());
                return;
            }
            for (int slot = group.next(0); slot >= 0; slot = group.next(slot + 1)) {
                out.raw(values.array(), start[slot], end[slot] - start[slot]);
            }
        }
    }

    private void close() {
        if (open >= 0) {
            end[open] = values.size();
        }
    }

    private void group() {
        groupCount = 0;
        int at = 0;
        for (int slot = slots.next(0); slot >= 0; slot = slots.next(slot + 1)) {
            if (at >= groupCount || groupMask[at] != mask[slot]) { // mostly as the one before
                at = groupOf(mask[slot]);
            }
            groups[at].add(slot);
        }
    }

    private int groupOf(long wanted) {
        for (int g = 0; g < groupCount; g++) {
            if (groupMask[g] == wanted) {
                return g;
            }
        }
        if (groupCount == groups.length) {
            int known = groups.length;
            groups = Arrays.copyOf(groups, known * 2);
            Arrays.setAll(groups, g -> g < known ? groups[g] : new SlotSet());
            groupMask = Arrays.copyOf(groupMask, known * 2);
        }
        groups[groupCount].clear();
        groupMask[groupCount] = wanted;
        return groupCount++;
    }
}
