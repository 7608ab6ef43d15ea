package dev.terrane.protocol.client;

import dev.terrane.base.Rng;
import dev.terrane.bytes.ByteWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** A slice without cleverness: what the real one must agree with after any change. */
final class SliceModel {
    /** @param values a Long, or a String for a text */
    record Being(long id, int ownership, EntityLayout layout, List<Object> values) {}

    final Map<Integer, Being> slots = new TreeMap<>();

    static SliceModel of(SliceState state) {
        SliceModel model = new SliceModel();
        for (int slot = 0; slot < state.slotLimit(); slot++) {
            if (state.entity(slot) != 0) {
                model.slots.put(slot, being(state, slot));
            }
        }
        return model;
    }

    static Being being(SliceState state, int slot) {
        EntityLayout layout = state.layout(slot);
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < layout.fieldCount(); i++) {
            values.add(layout.code(i) == FieldCode.TEXT ? (Object) state.text(slot, i) : (Object) state.bits(slot, i));
        }
        return new Being(state.entity(slot), state.ownership(slot), layout, values);
    }

    /** Another slice, some of whose entities are those of this one. */
    SliceModel next(Rng rng, int nextId) {
        SliceModel next = new SliceModel();
        slots.forEach((slot, being) -> {
            if (!rng.chance(0.2f)) {
                next.slots.put(slot, rng.chance(0.5f) ? being : changed(being, rng));
            }
        });
        for (int i = 0; i < 3; i++) {
            int slot = rng.nextInt(SliceWriter.SLOT_COUNT);
            if (!next.slots.containsKey(slot)) {
                next.slots.put(slot, fresh(nextId + i, rng));
            }
        }
        return next;
    }

    private Being at(int slot) {
        return Objects.requireNonNull(slots.get(slot));
    }

    byte[] keyframe() {
        ByteWriter out = new ByteWriter(64);
        SliceWriter.count(out, slots.size());
        slots.forEach((slot, being) -> writeFull(out, slot, being));
        return out.toBytes();
    }

    byte[] deltaTo(SliceModel next) {
        ByteWriter out = new ByteWriter(64);
        List<Integer> left = new ArrayList<>();
        List<Integer> entered = new ArrayList<>();
        List<Integer> changed = new ArrayList<>();
        slots.forEach((slot, being) -> {
            Being after = next.slots.get(slot);
            if (after == null || after.id() != being.id()) {
                left.add(slot);
            } else if (!after.values().equals(being.values())) {
                changed.add(slot);
            }
        });
        next.slots.forEach((slot, being) -> {
            Being before = slots.get(slot);
            if (before == null || before.id() != being.id()) {
                entered.add(slot);
            }
        });
        SliceWriter.parts(
                out,
                (left.isEmpty() ? 0 : SliceWriter.PART_LEFT)
                        | (entered.isEmpty() ? 0 : SliceWriter.PART_ENTERED)
                        | (changed.isEmpty() ? 0 : SliceWriter.PART_CHANGED));
        if (!left.isEmpty()) {
            SliceWriter.count(out, left.size());
            left.forEach(slot -> SliceWriter.left(out, slot, LeftReason.HANDED));
        }
        if (!entered.isEmpty()) {
            SliceWriter.count(out, entered.size());
            entered.forEach(slot -> writeFull(out, slot, next.at(slot)));
        }
        if (!changed.isEmpty()) {
            ChangeGroups groups = new ChangeGroups();
            Collections.reverse(changed); // any order will do
            changed.forEach(slot -> writeChanged(groups, slot, at(slot), next.at(slot)));
            groups.write(out, next.slots.size() - entered.size());
        }
        return out.toBytes();
    }

    /** Another slice with the same entities, some of which differ. */
    SliceModel stirred(Rng rng) {
        SliceModel next = new SliceModel();
        boolean all = rng.chance(0.3f);
        slots.forEach((slot, being) -> next.slots.put(slot, all || rng.chance(0.4f) ? changed(being, rng) : being));
        return next;
    }

    private static void writeFull(ByteWriter out, int slot, Being being) {
        SliceWriter.full(
                out, slot, being.id(), being.ownership(), being.layout().componentMask());
        for (int i = 0; i < being.values().size(); i++) {
            if (being.values().get(i) instanceof String text) {
                SliceWriter.text(out, text);
            } else {
                SliceWriter.absolute(
                        out, being.layout().code(i), (Long) being.values().get(i));
            }
        }
    }

    private static void writeChanged(ChangeGroups groups, int slot, Being before, Being after) {
        long mask = 0;
        for (int i = 0; i < after.values().size(); i++) {
            mask |= after.values().get(i).equals(before.values().get(i)) ? 0 : 1L << i;
        }
        ByteWriter out = groups.add(slot, mask);
        for (int i = 0; i < after.values().size(); i++) {
            if ((mask >>> i & 1) == 0) {
                continue;
            }
            if (after.values().get(i) instanceof String text) {
                SliceWriter.text(out, text);
            } else {
                SliceWriter.difference(
                        out, after.layout().code(i), (Long) after.values().get(i), (Long)
                                before.values().get(i));
            }
        }
    }

    private static Being fresh(long id, Rng rng) {
        long mask = rng.nextLong() & GoldenWorld.LAYOUT.publicComponentMask();
        EntityLayout layout = GoldenWorld.LAYOUT.entity(mask);
        Object[] values = new Object[layout.fieldCount()];
        for (int i = 0; i < values.length; i++) {
            values[i] = value(layout.code(i), rng);
        }
        return new Being(id, rng.nextInt(9), layout, Arrays.asList(values));
    }

    private static Being changed(Being being, Rng rng) {
        List<Object> values = new ArrayList<>(being.values());
        for (int i = 0; i < values.size(); i++) {
            if (rng.chance(0.4f)) {
                values.set(i, value(being.layout().code(i), rng));
            }
        }
        return new Being(being.id(), being.ownership(), being.layout(), values);
    }

    private static Object value(FieldCode code, Rng rng) {
        int few = rng.nextInt(40) - 20;
        return switch (code) {
            case QUANTISED, INT -> (long) (rng.chance(0.5f) ? few : (int) rng.nextLong());
            case FLOAT -> (long) Float.floatToRawIntBits(few * 0.37f);
            case LONG -> rng.chance(0.5f) ? few : rng.nextLong();
            case BOOLEAN -> (long) rng.nextInt(2);
            case TEXT -> "text " + few;
        };
    }
}
