package dev.terrane.cell;

import dev.terrane.base.CellId;
import dev.terrane.base.CharacterId;
import org.jspecify.annotations.Nullable;

/**
 * An entity has come to a cell, or has gone from it: for those who look back.
 *
 * @param epoch under which the cell did it
 * @param ownership of the copy that is true from then on
 * @param character whose avatar it is; null: nobody's
 * @param other where it comes from or goes to; null: no other cell
 */
public record Passage(
        What what,
        CellId cell,
        long epoch,
        long tick,
        long entity,
        int ownership,
        @Nullable CharacterId character,
        @Nullable CellId other) {
    /** What happened. Births and ends are told of avatars only. */
    public enum What {
        /** It lives here: made, or come back with its cell from an image or a copy. */
        HERE,
        /** Handed over by another cell. */
        ARRIVED,
        /** Handed over to another cell. */
        LEFT,
        /** It is no more. */
        GONE
    }
}
