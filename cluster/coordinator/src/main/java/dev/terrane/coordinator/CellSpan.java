package dev.terrane.coordinator;

import dev.terrane.base.NodeId;
import org.jspecify.annotations.Nullable;

/**
 * One owner's time with a cell: an epoch, from its first moment to its last.
 *
 * @param ended null while it lasts
 * @param to null while it lasts
 */
public record CellSpan(
        long epoch,
        NodeId owner,
        Begun begun,
        Moment from,
        @Nullable Ended ended,
        @Nullable Moment to) {
    /** How somebody came to own it. */
    public enum Begun {
        /** With numbers of the store. */
        GRANTED,
        /** It was nobody's: it starts from its checkpoint, or is new. */
        ASSIGNED,
        /** It has failed at its owner, who starts it from its checkpoint. */
        RENEWED,
        /** Its owner was lost; the standby goes on. */
        PROMOTED,
        /** It has moved here, and goes on. */
        MOVED
    }

    /** Why it is over. */
    public enum Ended {
        /** The node was silent, or its links broke: killed, cut off, hung. */
        LOST,
        /** The node came back as another life before anybody had given it up. */
        NODE_RESTARTED,
        RELEASED,
        /** The cell threw, and started again at the same node. */
        FAILED,
        /** To the next owner, by a plan, a drain or an administrator. */
        MOVED
    }

    CellSpan ended(Ended why, Moment when) {
        return new CellSpan(epoch, owner, begun, from, why, when);
    }
}
