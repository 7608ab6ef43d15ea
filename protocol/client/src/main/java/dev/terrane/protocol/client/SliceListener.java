package dev.terrane.protocol.client;

/**
 * Hears what a slice's new version changes, while {@link SliceState} applies it. Nothing may be applied to that slice from
 * inside a callback.
 */
public interface SliceListener {
    /** For those who only want the state. */
    SliceListener NONE = new SliceListener() {};

    /** The slot holds a new entity, its values complete. */
    default void entered(SliceState slice, int slot) {}

    /** @param fieldMask bit = entity field index of a field that differs now */
    default void changed(SliceState slice, int slot, long fieldMask) {}

    /** The entity is about to be removed; its last values can still be read. */
    default void left(SliceState slice, int slot, LeftReason reason) {}

    /** The values are overwritten by the next event: copy what is needed. */
    default void event(SliceState slice, EventValues event) {}
}
