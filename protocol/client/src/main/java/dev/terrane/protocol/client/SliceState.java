package dev.terrane.protocol.client;

import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.ByteWriter;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One slice, decoded: which entity is in which slot, and its public values as {@link FieldCode} bits.
 *
 * <p>Nothing that arrives is trusted. After a {@link dev.terrane.bytes.MalformedBytesException} the state is a mixture of two
 * versions: {@link #clear} it or drop it. Arrays grow with the highest slot used, at most to {@link SliceWriter#SLOT_COUNT}, and
 * are kept. Not thread-safe: one owner.
 */
public final class SliceState {
    /** Slots that a state has room for at first. */
    private static final int SLOT_COUNT_FIRST = 8;

    private static final int PARTS =
            SliceWriter.PART_LEFT | SliceWriter.PART_ENTERED | SliceWriter.PART_CHANGED | SliceWriter.PART_EVENTS;

    private final WireLayout wire;
    private long[] entities = new long[SLOT_COUNT_FIRST];
    private int[] ownerships = new int[SLOT_COUNT_FIRST];
    private @Nullable EntityLayout[] layouts = new EntityLayout[SLOT_COUNT_FIRST];
    /** By slot and field index: as many places for each slot as the entity with the most fields needs, so that reading a slice walks through memory once. */
    private long[] bits = {};

    private int fieldsPerSlot;
    private @Nullable String[][] texts = new String[SLOT_COUNT_FIRST][];
    private int entityCount;
    /** Entered with the delta that is being applied. */
    private final SlotSet fresh = new SlotSet();

    private final SlotSet group = new SlotSet();
    private @Nullable EventValues events;

    public SliceState(WireLayout wire) {
        this.wire = wire;
    }

    public int entityCount() {
        return entityCount;
    }

    /** Slots from here on are empty. */
    public int slotLimit() {
        return entities.length;
    }

    /** 0 when the slot is empty; the other getters need an occupied one. */
    public long entity(int slot) {
        return slot < entities.length ? entities[slot] : 0;
    }

    public int ownership(int slot) {
        return ownerships[slot];
    }

    public EntityLayout layout(int slot) {
        EntityLayout layout = layouts[slot];
        if (layout == null) {
            throw new IllegalArgumentException("slot " + slot + " is empty");
        }
        return layout;
    }

    /** @param index entity field index */
    public long bits(int slot, int index) {
        return bits[slot * fieldsPerSlot + index];
    }

    public float floatValue(int slot, int index) {
        EntityLayout layout = layout(slot);
        int raw = (int) bits(slot, index);
        return layout.code(index) == FieldCode.QUANTISED
                ? Quantiser.value(raw, layout.step(index))
                : Float.intBitsToFloat(raw);
    }

    /** Empty for a field that is no text. */
    public String text(int slot, int index) {
        String[] own = texts[slot];
        String value = own == null ? null : own[index];
        return value == null ? "" : value;
    }

    /** Forgets all entities without telling anybody. */
    public void clear() {
        Arrays.fill(entities, 0);
        entityCount = 0;
    }

    /** Makes the slice what the keyframe's <i>entities</i> say; the listener hears the difference. Reads to the end of {@code in}. */
    public void applyKeyframe(ByteReader in, SliceListener listener) {
        long seenLow = 0;
        long seenHigh = 0;
        int count = count(in, 4);
        for (int i = 0; i < count; i++) {
            int slot = slot(in);
            if (((slot < 64 ? seenLow : seenHigh) >>> slot & 1) != 0) {
                throw in.malformed("slot " + slot + " is filled twice");
            }
            if (slot < 64) {
                seenLow |= 1L << slot;
            } else {
                seenHigh |= 1L << slot;
            }
            long entity = in.varulong();
            int twin = slotOf(entity);
            if (twin >= 0 && twin != slot) {
                if (((twin < 64 ? seenLow : seenHigh) >>> twin & 1) != 0) {
                    throw in.malformed("entity " + entity + " is in slots " + twin + " and " + slot);
                }
                remove(twin, LeftReason.ABSENT, listener);
            }
            if (entity(slot) != 0 && entity(slot) != entity) {
                remove(slot, LeftReason.ABSENT, listener);
            }
            readFull(in, slot, entity, listener);
        }
        end(in);
        for (int slot = 0; slot < entities.length; slot++) {
            if (entities[slot] != 0 && ((slot < 64 ? seenLow : seenHigh) >>> slot & 1) == 0) {
                remove(slot, LeftReason.ABSENT, listener);
            }
        }
    }

    /** Applies a delta's whole <i>changes</i>, whose base must be this very version. Reads to the end of {@code in}. */
    public void applyDelta(ByteReader in, SliceListener listener) {
        applyChanges(in.u8(), in, listener);
        if (in.remaining() > 0) {
            throw in.malformed(in.remaining() + " bytes follow the changes");
        }
    }

    /** As {@link #applyDelta} behind its first byte, the parts; reads as far as the changes go. */
    public void applyChanges(int parts, ByteReader in, SliceListener listener) {
        if ((parts & ~PARTS) != 0) {
            throw in.malformed("parts 0x" + Integer.toHexString(parts) + " of changes are unknown");
        }
        if ((parts & SliceWriter.PART_LEFT) != 0) {
            readLeft(in, listener);
        }
        fresh.clear();
        if ((parts & SliceWriter.PART_ENTERED) != 0) {
            readEntered(in, listener);
        }
        if ((parts & SliceWriter.PART_CHANGED) != 0) {
            readGroups(in, listener);
        }
        if ((parts & SliceWriter.PART_EVENTS) != 0) {
            EventValues values = events == null ? events = new EventValues(wire) : events;
            int length = in.count(1);
            int end = in.position() + length;
            while (in.position() < end) {
                listener.event(this, values.read(in));
            }
            if (in.position() > end) {
                throw in.malformed("an event reaches beyond the " + length + " bytes of all");
            }
        }
    }

    private void readLeft(ByteReader in, SliceListener listener) {
        for (int rest = count(in, 2); rest > 0; rest--) {
            int slot = occupied(in.u8(), in);
            int reason = in.u8();
            if (reason >= LeftReason.ON_WIRE.size()) {
                throw in.malformed("reason " + reason + " for leaving is unknown");
            }
            remove(slot, LeftReason.ON_WIRE.get(reason), listener);
        }
    }

    private void readEntered(ByteReader in, SliceListener listener) {
        for (int rest = count(in, 4); rest > 0; rest--) {
            int slot = slot(in);
            long entity = in.varulong();
            if (entity(slot) != 0) {
                throw in.malformed("slot " + slot + " is entered, but entity " + entity(slot) + " has not left it");
            }
            if (slotOf(entity) >= 0) {
                throw in.malformed("entity " + entity + " enters, but is in slot " + slotOf(entity));
            }
            readFull(in, slot, entity, listener);
            fresh.add(slot);
        }
    }

    private void readGroups(ByteReader in, SliceListener listener) {
        long head;
        do {
            head = in.varulong();
            long mask = head >>> ChangeGroups.MASK_SHIFT;
            if ((head & ChangeGroups.ALL) == 0) {
                group.read(in);
            } else {
                group.clear();
                staying(group);
            }
            for (int slot = group.next(0); slot >= 0; slot = group.next(slot + 1)) {
                readChanged(in, occupied(slot, in), mask, listener);
            }
        } while ((head & ChangeGroups.MORE) != 0);
    }

    /** Who was here before this delta. */
    private void staying(SlotSet into) {
        for (int slot = 0; slot < entities.length; slot++) {
            if (entities[slot] != 0 && !fresh.has(slot)) {
                into.add(slot);
            }
        }
    }

    /** The <i>entities</i> of a keyframe of this state. */
    public void writeKeyframe(ByteWriter out) {
        SliceWriter.count(out, entityCount);
        for (int slot = 0; slot < entities.length; slot++) {
            if (entities[slot] == 0) {
                continue;
            }
            writeFull(out, slot);
        }
    }

    void writeFull(ByteWriter out, int slot) {
        EntityLayout layout = layout(slot);
        SliceWriter.full(out, slot, entities[slot], ownerships[slot], layout.componentMask());
        for (int i = 0; i < layout.fieldCount(); i++) {
            if (layout.code(i) == FieldCode.TEXT) {
                SliceWriter.text(out, text(slot, i));
            } else {
                SliceWriter.absolute(out, layout.code(i), bits(slot, i));
            }
        }
    }

    private void readFull(ByteReader in, int slot, long entity, SliceListener listener) {
        if (entity == 0) {
            throw in.malformed("entity 0 names nobody");
        }
        int ownership = in.varuint();
        EntityLayout layout = wire.entity(in.varulong());
        boolean stays = entity(slot) == entity;
        if (stays && layouts[slot] != layout && layout(slot).componentMask() != layout.componentMask()) {
            remove(slot, LeftReason.ABSENT, listener); // other components: its fields have other indices now
            stays = false;
        }
        if (!stays) {
            reserve(slot, layout);
        }
        long differing = 0;
        for (int i = 0; i < layout.fieldCount(); i++) {
            differing |= read(in, slot, i, layout.code(i), false) ? 1L << i : 0;
        }
        ownerships[slot] = ownership;
        if (!stays) {
            entities[slot] = entity;
            entityCount++;
            listener.entered(this, slot);
        } else if (differing != 0) {
            listener.changed(this, slot, differing);
        }
    }

    private void readChanged(ByteReader in, int slot, long mask, SliceListener listener) {
        EntityLayout layout = layout(slot);
        if (mask == 0 || (mask & ~layout.fieldMask()) != 0) {
            throw in.malformed("field mask 0x" + Long.toHexString(mask) + " does not fit an entity of "
                    + layout.fieldCount() + " fields");
        }
        for (long rest = mask; rest != 0; rest &= rest - 1) {
            int index = Long.numberOfTrailingZeros(rest);
            read(in, slot, index, layout.code(index), true);
        }
        listener.changed(this, slot, mask);
    }

    /** Reads one value into its place; tells whether it differs from what was there. */
    private boolean read(ByteReader in, int slot, int index, FieldCode code, boolean difference) {
        if (code == FieldCode.TEXT) {
            String value = ValueReader.text(in);
            String[] own = texts[slot];
            if (own == null || value.equals(own[index])) {
                return false;
            }
            own[index] = value;
            return true;
        }
        int place = slot * fieldsPerSlot + index;
        long before = bits[place];
        long now = difference ? ValueReader.difference(in, code, before) : ValueReader.absolute(in, code);
        bits[place] = now;
        return now != before;
    }

    private void remove(int slot, LeftReason reason, SliceListener listener) {
        listener.left(this, slot, reason);
        entities[slot] = 0;
        entityCount--;
    }

    private void reserve(int slot, EntityLayout layout) {
        if (slot >= entities.length) {
            int size = Math.min(SliceWriter.SLOT_COUNT, Math.max(slot + 1, entities.length * 2));
            entities = Arrays.copyOf(entities, size);
            ownerships = Arrays.copyOf(ownerships, size);
            layouts = Arrays.copyOf(layouts, size);
            bits = Arrays.copyOf(bits, size * fieldsPerSlot);
            texts = Arrays.copyOf(texts, size);
        }
        layouts[slot] = layout;
        if (layout.fieldCount() > fieldsPerSlot) {
            widen(layout.fieldCount());
        }
        if (layout.hasTexts() && (texts[slot] == null || texts[slot].length < layout.fieldCount())) {
            texts[slot] = new String[layout.fieldCount()];
        }
    }

    private void widen(int fields) {
        long[] wider = new long[entities.length * fields];
        for (int slot = 0; slot < entities.length; slot++) {
            System.arraycopy(bits, slot * fieldsPerSlot, wider, slot * fields, fieldsPerSlot);
        }
        bits = wider;
        fieldsPerSlot = fields;
    }

    private int slotOf(long entity) {
        for (int slot = 0; slot < entities.length; slot++) {
            if (entities[slot] == entity && entity != 0) {
                return slot;
            }
        }
        return -1;
    }

    private static int slot(ByteReader in) {
        int slot = in.u8();
        if (slot >= SliceWriter.SLOT_COUNT) {
            throw in.malformed("slot " + slot + " is beyond " + (SliceWriter.SLOT_COUNT - 1));
        }
        return slot;
    }

    private int occupied(int slot, ByteReader in) {
        if (entity(slot) == 0) {
            throw in.malformed("slot " + slot + " is empty");
        }
        return slot;
    }

    private static int count(ByteReader in, int bytesEach) {
        int count = in.count(bytesEach);
        if (count > SliceWriter.SLOT_COUNT) {
            throw in.malformed("a count of " + count + " is more than " + SliceWriter.SLOT_COUNT);
        }
        return count;
    }

    private static void end(ByteReader in) {
        if (in.remaining() > 0) {
            throw in.malformed(in.remaining() + " bytes follow the last entity");
        }
    }
}
