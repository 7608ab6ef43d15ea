package dev.terrane.protocol.cluster;

/** What became of an offered {@link CellInput}. Every answer but the first leaves it with the caller. */
public enum Admission {
    /** Queued. It takes part in the next tick that has room for it. */
    ACCEPTED,
    /** The inbox is at its limit. Drop it or try again next tick; do not block. */
    FULL,
    /** The sender's epoch is not the cell's. Look the cell up again, then resend. */
    STALE_EPOCH,
    /** The cell is moving or restarting. Hold the input until the new epoch is known. */
    SEALED,
    /** No such cell here. */
    UNKNOWN
}
