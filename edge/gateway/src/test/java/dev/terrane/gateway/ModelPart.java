package dev.terrane.gateway;

import dev.terrane.bytes.ByteWriter;
import dev.terrane.protocol.client.LeftReason;
import dev.terrane.protocol.client.SliceWriter;
import java.util.Map;
import java.util.TreeMap;

/** A slice of the model: what is in it now, and what was in it when it was last told. */
final class ModelPart {
    static final int SLOT_COUNT = 6;

    final TreeMap<Integer, ModelEntity> now = new TreeMap<>();
    private TreeMap<Integer, ModelEntity> told = new TreeMap<>();
    int seq;
    boolean opened;

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
        ByteWriter changed = new ByteWriter(16);
        int leftCount = 0;
        int enteredCount = 0;
        int changedCount = 0;
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
                changedCount++;
            }
        }
        ByteWriter out = new ByteWriter(64);
        append(out, leftCount, left);
        append(out, enteredCount, entered);
        append(out, changedCount, changed);
        return out.toBytes();
    }

    private static void append(ByteWriter out, int count, ByteWriter list) {
        SliceWriter.count(out, count);
        out.raw(list.array(), 0, list.size());
    }

    void wasTold() {
        told = new TreeMap<>(now);
    }

    Map<Integer, ModelEntity> content() {
        return now;
    }
}
