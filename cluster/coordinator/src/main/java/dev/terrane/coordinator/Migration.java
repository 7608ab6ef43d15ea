package dev.terrane.coordinator;

import dev.terrane.base.CellId;
import dev.terrane.base.NodeId;
import org.jspecify.annotations.Nullable;

/**
 * A cell on its way to another node, or one that went there.
 *
 * <pre>
 *   copying ──the copy is whole──► whole ──frozen is asked for──► frozen ──switched or called off──► over
 * </pre>
 *
 * @param epoch under which it set out
 * @param author who wanted it: {@code leader}, or for whom it acted
 * @param copying when the other node began to follow it; index 0: before anybody kept such things
 * @param whole when its copy there was whole; index 0: the same
 * @param frozen when the log said that it moves: the owner freezes it at the next tick boundary
 * @param over null while it is underway
 */
public record Migration(
        CellId cell,
        long epoch,
        NodeId from,
        NodeId to,
        String author,
        String reason,
        Moment copying,
        Moment whole,
        Moment frozen,
        State state,
        @Nullable Moment over) {
    /** How it stands. */
    public enum State {
        UNDERWAY,
        DONE,
        /** It stayed where it was. */
        CALLED_OFF,
        /** One of the two nodes was lost on the way, or the cell started anew. */
        CUT_SHORT
    }

    Migration over(State how, Moment when) {
        return new Migration(cell, epoch, from, to, author, reason, copying, whole, frozen, how, when);
    }
}
