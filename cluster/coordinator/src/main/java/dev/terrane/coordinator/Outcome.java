package dev.terrane.coordinator;

import java.util.List;

/** What became of a {@link Command}. A refused one changed nothing but the audit. */
public sealed interface Outcome {
    /** It holds from now on. */
    record Done() implements Outcome {}

    /** It holds from now on, and these are the new owners. */
    record Granted(List<CellGrant> grants) implements Outcome {
        public Granted {
            grants = List.copyOf(grants);
        }
    }

    /** @param why for people */
    record Refused(Reason reason, String why) implements Outcome {}

    /** Why a command was refused. */
    enum Reason {
        /** It was decided by a leader that has been replaced. */
        STALE_TERM,
        /** The node is not registered, lost, or started anew since. */
        UNKNOWN_NODE,
        /** The node does not do that, or is being emptied. */
        WRONG_NODE,
        /** Another live node owns the cell: it must be released or its node lost first. */
        CELL_HELD,
        /** The cell's epoch is another one: it has changed hands since. */
        STALE_EPOCH,
        /** The incarnation may have minted entity ids before. */
        USED_INCARNATION,
        /** There is no standby, or its copy is not whole. */
        NO_STANDBY,
        /** The cell is on the move, or is not. */
        MOVING,
        /** The token is unknown, was redeemed, or its time is over. */
        BAD_TOKEN,
        /** The value is another one by now. */
        STALE_VERSION,
        /** More than is kept here. */
        TOO_MUCH,
        /** An administrator gave no reason. */
        NO_REASON
    }
}
