package dev.terrane.interest;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Where one {@link Face} of each entity stands on the board and what was last sent of it, by the entity's slot in the store. */
final class Places {
    /** Handle of the entity that stands here, 0 for nobody. */
    long[] handle = {};

    /** Null where there is nobody who may see the entity. */
    @Nullable
    Slice[] slice = {};

    byte[] place = {};

    @Nullable
    TableView[] view = {};

    long[] id = {};
    int[] ownership = {};
    /** Set for entities that were handed to another cell and wait for their despawn. */
    boolean[] departed = {};

    /** Values last sent, {@link #stride} per entity, by entity field index; texts beside them. Filled only while the slice is watched. */
    long[] bits = {};

    @Nullable
    String[] texts = {};

    int stride;

    void reserve(int slotLimit, int fieldCount) {
        if (slotLimit > handle.length || fieldCount > stride) {
            grow(
                    Math.max(slotLimit, handle.length * (slotLimit > handle.length ? 2 : 1)),
                    Math.max(stride, fieldCount));
        }
    }

    private void grow(int capacity, int newStride) {
        int known = handle.length;
        handle = Arrays.copyOf(handle, capacity);
        slice = Arrays.copyOf(slice, capacity);
        place = Arrays.copyOf(place, capacity);
        view = Arrays.copyOf(view, capacity);
        id = Arrays.copyOf(id, capacity);
        ownership = Arrays.copyOf(ownership, capacity);
        departed = Arrays.copyOf(departed, capacity);
        long[] newBits = new long[capacity * newStride];
        @Nullable String[] newTexts = new String[capacity * newStride];
        for (int slot = 0; slot < known; slot++) {
            System.arraycopy(bits, slot * stride, newBits, slot * newStride, stride);
            System.arraycopy(texts, slot * stride, newTexts, slot * newStride, stride);
        }
        bits = newBits;
        texts = newTexts;
        stride = newStride;
    }
}
