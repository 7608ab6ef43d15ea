package dev.terrane.gateway;

import org.jspecify.annotations.Nullable;

/** Where each entity of a world is, as far as it is mirrored: kept by the slices as entities enter and leave them. */
final class SliceIndex {
    private final LongTable<SliceMirror> byEntity = new LongTable<>();

    @Nullable
    SliceMirror sliceOf(long entity) {
        return entity == 0 ? null : byEntity.get(entity);
    }

    void entered(long entity, SliceMirror slice) {
        byEntity.put(entity, slice);
    }

    /** It may have entered another slice before it left this one. */
    void left(long entity, SliceMirror slice) {
        if (byEntity.get(entity) == slice) {
            byEntity.remove(entity);
        }
    }
}
