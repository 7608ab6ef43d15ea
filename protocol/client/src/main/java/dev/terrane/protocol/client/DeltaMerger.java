package dev.terrane.protocol.client;

import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.ByteWriter;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Makes one delta of several that follow one another: what a slice is told that is sent only every second or fourth snapshot.
 *
 * <pre>
 *   begin(slice as of the newest) ─► add(oldest) ─► add … ─► add(newest) ─► finish: one <i>changes</i> from the first's base to the last's version
 * </pre>
 *
 * <p>Differences are summed, events stand in order, of texts and plain floats the last counts. Only the oldest may let entities leave or enter; with
 * another that does, {@link #add} refuses and the deltas are to be sent as they are. Reused; allocates nothing once it has grown. Not thread-safe.
 */
public final class DeltaMerger {
    /** Deltas that may become one. */
    public static final int DELTA_COUNT_MAX = 8;

    private static final int STRIDE = SliceWriter.ENTITY_FIELD_COUNT_MAX;

    private final long[] mask = new long[SliceWriter.SLOT_COUNT];
    /** Sums of differences, or last values, by slot and entity field index. */
    private final long[] sum = new long[SliceWriter.SLOT_COUNT * STRIDE];

    private final @Nullable String[] texts = new String[SliceWriter.SLOT_COUNT * STRIDE];
    private final SlotSet occupied = new SlotSet();
    private final SlotSet entered = new SlotSet();
    private final SlotSet group = new SlotSet();
    private final ByteReader in = new ByteReader(new byte[0]);
    private final ByteWriter left = new ByteWriter(16);
    private final ByteWriter events = new ByteWriter(16);
    private final ChangeGroups changes = new ChangeGroups();
    private @Nullable SliceState newest;
    private int count;

    /** @param slice with all the deltas applied; not to be changed until {@link #finish} */
    public DeltaMerger begin(SliceState slice) {
        newest = slice;
        count = 0;
        Arrays.fill(mask, 0);
        left.clear();
        events.clear();
        entered.clear();
        occupied.clear();
        for (int slot = 0; slot < slice.slotLimit(); slot++) {
            if (slice.entity(slot) != 0) {
                occupied.add(slot);
            }
        }
        return this;
    }

    /** Whether a delta can be merged behind another one: it lets nobody leave or enter. To be asked of all but the oldest before the first is added. */
    public static boolean canFollow(byte[] body, int offset) {
        return (body[offset] & (SliceWriter.PART_LEFT | SliceWriter.PART_ENTERED)) == 0;
    }

    /**
     * Takes the next delta, oldest first: a whole <i>changes</i>, as a cell wrote it.
     *
     * @return whether it can be part of one; if not, everything is to be begun anew
     * @throws dev.terrane.bytes.MalformedBytesException if it cannot have led to the slice
     */
    public boolean add(byte[] body, int offset, int length) {
        in.wrap(body, offset, length);
        int parts = in.u8();
        boolean comesAndGoes = (parts & (SliceWriter.PART_LEFT | SliceWriter.PART_ENTERED)) != 0;
        if (count == DELTA_COUNT_MAX || (count > 0 && comesAndGoes)) {
            return false;
        }
        if ((parts & SliceWriter.PART_LEFT) != 0) {
            int from = in.position();
            int size = in.count(2) * 2;
            in.skip(size);
            left.raw(body, from, in.position() - from);
        }
        if ((parts & SliceWriter.PART_ENTERED) != 0) {
            for (int rest = in.count(4); rest > 0; rest--) {
                skipEntered();
            }
        }
        if ((parts & SliceWriter.PART_CHANGED) != 0) {
            addGroups();
        }
        if ((parts & SliceWriter.PART_EVENTS) != 0) {
            int size = in.count(1);
            events.raw(body, in.position(), size);
            in.skip(size);
        }
        count++;
        return true;
    }

    /** Writes the one delta. */
    public void finish(ByteWriter out) {
        gather();
        boolean comes = entered.next(0) >= 0;
        SliceWriter.parts(
                out,
                (left.size() > 0 ? SliceWriter.PART_LEFT : 0)
                        | (comes ? SliceWriter.PART_ENTERED : 0)
                        | (changes.count() > 0 ? SliceWriter.PART_CHANGED : 0)
                        | (events.size() > 0 ? SliceWriter.PART_EVENTS : 0));
        out.raw(left.array(), 0, left.size());
        if (comes) {
            SliceWriter.count(out, entered.count());
            for (int slot = entered.next(0); slot >= 0; slot = entered.next(slot + 1)) {
                slice().writeFull(out, slot);
            }
        }
        if (changes.count() > 0) {
            changes.write(out, occupied.count() - entered.count());
        }
        if (events.size() > 0) {
            SliceWriter.events(out, events.array(), events.size());
        }
    }

    /** Entities whose values the one delta carries, after {@link #finish}. */
    public int entityCount() {
        return changes.count() + entered.count();
    }

    private SliceState slice() {
        SliceState slice = newest;
        if (slice == null) {
            throw new IllegalStateException("begin tells which slice it is");
        }
        return slice;
    }

    /** Its values are written as they are now. */
    private void skipEntered() {
        int slot = here(in.u8());
        in.varulong(); // entity
        in.varuint(); // ownership
        in.varulong(); // components
        EntityLayout layout = slice().layout(slot);
        for (int i = 0; i < layout.fieldCount(); i++) {
            if (layout.code(i) == FieldCode.TEXT) {
                ValueReader.text(in);
            } else {
                ValueReader.absolute(in, layout.code(i));
            }
        }
        entered.add(slot);
    }

    private void addGroups() {
        long head;
        do {
            head = in.varulong();
            boolean all = (head & ChangeGroups.ALL) != 0;
            if (!all) {
                group.read(in);
            }
            SlotSet slots = all ? occupied : group;
            for (int slot = slots.next(0); slot >= 0; slot = slots.next(slot + 1)) {
                // In the first delta nobody who entered with it changes; later they are part of all.
                if (!all || count > 0 || !entered.has(slot)) {
                    addChanged(here(slot), head >>> ChangeGroups.MASK_SHIFT);
                }
            }
        } while ((head & ChangeGroups.MORE) != 0);
    }

    private int here(int slot) {
        if (slot >= SliceWriter.SLOT_COUNT || !occupied.has(slot)) {
            throw in.malformed("slot " + slot + " is empty");
        }
        return slot;
    }

    private void addChanged(int slot, long changed) {
        EntityLayout layout = slice().layout(slot);
        if ((changed & ~layout.fieldMask()) != 0) {
            throw in.malformed("field mask 0x" + Long.toHexString(changed) + " does not fit");
        }
        for (long rest = changed; rest != 0; rest &= rest - 1) {
            int i = Long.numberOfTrailingZeros(rest);
            int at = slot * STRIDE + i;
            FieldCode code = layout.code(i);
            if (code == FieldCode.TEXT) {
                texts[at] = ValueReader.text(in);
            } else {
                sum[at] = ValueReader.difference(in, code, (mask[slot] >>> i & 1) == 0 ? 0 : sum[at]);
            }
        }
        mask[slot] |= changed;
    }

    private void gather() {
        changes.clear();
        for (int slot = occupied.next(0); slot >= 0; slot = occupied.next(slot + 1)) {
            long differing = mask[slot] == 0 || entered.has(slot) ? 0 : differing(slot);
            if (differing != 0) {
                write(slot, differing);
            }
        }
    }

    /** Without those that came back to where they were. */
    private long differing(int slot) {
        EntityLayout layout = slice().layout(slot);
        long differing = mask[slot];
        for (long rest = differing; rest != 0; rest &= rest - 1) {
            int i = Long.numberOfTrailingZeros(rest);
            boolean summed = switch (layout.code(i)) {
                case QUANTISED, INT, LONG -> true;
                case FLOAT, BOOLEAN, TEXT -> false;
            };
            if (summed && sum[slot * STRIDE + i] == 0) {
                differing &= ~(1L << i);
            }
        }
        return differing;
    }

    private void write(int slot, long differing) {
        EntityLayout layout = slice().layout(slot);
        ByteWriter out = changes.add(slot, differing);
        for (long rest = differing; rest != 0; rest &= rest - 1) {
            int i = Long.numberOfTrailingZeros(rest);
            int at = slot * STRIDE + i;
            if (layout.code(i) == FieldCode.TEXT) {
                String text = texts[at];
                SliceWriter.text(out, text == null ? "" : text);
            } else {
                SliceWriter.difference(out, layout.code(i), sum[at], 0);
            }
        }
    }
}
