package dev.terrane.coordinator;

/** What became of a {@link Command}. A refused one changed nothing but the audit. */
public sealed interface Outcome {
    /** It holds from now on. */
    record Done() implements Outcome {}

    /** @param why for people */
    record Refused(Reason reason, String why) implements Outcome {}

    /** Why a command was refused. */
    enum Reason {
        /** It came from a leader that has been replaced. */
        STALE_TERM,
        /** The node is not registered, or lost. */
        UNKNOWN_NODE,
        /** Another live node owns the cell: it must be released or its node lost first. */
        CELL_HELD,
        /** The cell's epoch is already as high, or the release is not the current owner's. */
        STALE_EPOCH,
        /** The incarnation may have minted entity ids before. */
        USED_INCARNATION
    }
}
