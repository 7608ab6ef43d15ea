package dev.terrane.gateway;

import dev.terrane.bytes.ByteWriter;
import dev.terrane.protocol.client.ChangeGroups;
import dev.terrane.protocol.client.LeftReason;
import dev.terrane.protocol.client.SliceWriter;
import java.util.Map;
import java.util.TreeMap;

/** A slice of the model: what is in it now, and what was in it when it was last told. */
final class ModelPart {
    static final int SLOT_COUNT = 6;

    final TreeMap<Integer, ModelEntity> now = new TreeMap<>();
    private TreeMap<Integer, ModelEntity> told = new TreeMap<>();
    /** Who may be sent it, see {@link dev.terrane.protocol.cluster.SliceAudience}. */
    long audience;

    int seq;
    boolean opened;

    /** A group's part with nobody in it, as everybody knows. A cell gives a part to whoever is there when it speaks: not twice between two frames. */
    boolean vacant() {
        return audience != 0 && seq > 0 && now.isEmpty() && told.isEmpty();
    }

    void give(long newAudience) {
        audience = newAudience;
        seq = 0;
        opened = false;
    }

    boolean changed() {
        return !now.equals(told);
    }

    int freeSlot() {
        for (int slot = 0; slot < SLOT_COUNT; slot++) {
            if (!now.containsKey(slot)) {
                return slot;
            }
        }
        return -1;
    }

    byte[] full() {
        ByteWriter out = new ByteWriter(64);
        SliceWriter.count(out, now.size());
        now.forEach((slot, entity) -> entity.writeFull(out, slot));
        return out.toBytes();
    }

    byte[] delta() {
        ByteWriter left = new ByteWriter(16);
        ByteWriter entered = new ByteWriter(16);
        ChangeGroups changed = new ChangeGroups();
        int leftCount = 0;
        int enteredCount = 0;
        for (int slot = 0; slot < SLOT_COUNT; slot++) {
            ModelEntity before = told.get(slot);
            ModelEntity after = now.get(slot);
            boolean same = before != null && after != null && before.id() == after.id();
            if (before != null && !same) {
                SliceWriter.left(left, slot, LeftReason.MOVED);
                leftCount++;
            }
            if (after != null && !same) {
                after.writeFull(entered, slot);
                enteredCount++;
            } else if (before != null && after != null && !after.equals(before)) {
                after.writeChanged(changed, slot, before);
            }
        }
        ByteWriter out = new ByteWriter(64);
        SliceWriter.parts(
                out,
                (leftCount > 0 ? SliceWriter.PART_LEFT : 0)
                        | (enteredCount > 0 ? SliceWriter.PART_ENTERED : 0)
                        | (changed.count() > 0 ? SliceWriter.PART_CHANGED : 0));
        append(out, leftCount, left);
        append(out, enteredCount, entered);
        if (changed.count() > 0) {
            changed.write(out, now.size() - enteredCount);
        }
        return out.toBytes();
    }

    private static void append(ByteWriter out, int count, ByteWriter list) {
        if (count > 0) {
            SliceWriter.count(out, count);
            out.raw(list.array(), 0, list.size());
        }
    }

    void wasTold() {
        told = new TreeMap<>(now);
    }

    Map<Integer, ModelEntity> content() {
        return now;
    }
}
