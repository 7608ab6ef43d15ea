package dev.terrane.cell;

import dev.terrane.base.CellId;
import dev.terrane.ecs.EntityStore;
import dev.terrane.ecs.Schema;
import org.jspecify.annotations.Nullable;

/**
 * All that a cell needs to go on, between two ticks, exactly as it would have: a {@link CellImage} and beside it sessions, inputs that wait, ghosts and who is
 * told of whom, mail, timers. For twins of a running cell: in a replay today, on another node later. Not for restarts, which begin a new epoch and must
 * not believe in sessions. Slices are not in it: a gateway watches anew. Immutable: nobody changes {@code state}.
 *
 * @param tick after which it was taken
 * @param formatVersion of {@code state}
 * @param schemaFingerprint of the world's component schema
 */
public record RunningImage(
        CellId cell, long epoch, int incarnation, long tick, int formatVersion, long schemaFingerprint, byte[] state) {
    /** The format this build writes, and the only one it reads. */
    public static final int FORMAT_VERSION = 5;

    /** The first part in which two images of one cell differ; null when they are the same to the last bit. */
    public @Nullable String difference(RunningImage other) {
        return RunningFormat.difference(this, other);
    }

    /** The entities in it, to be looked at. */
    public EntityStore entities(Schema schema) {
        return RunningFormat.entities(this, schema);
    }
}
