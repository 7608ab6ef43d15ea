package dev.terrane.handoff;

/** Ways to break the protocol on purpose, to see that the checkers notice. */
enum Sabotage {
    NONE,
    /** The target says "stable" before its checkpoint is stored. */
    STABLE_TOO_EARLY,
    /** The source says that its departures are stable before they are. */
    TOMBSTONES_FORGOTTEN_TOO_EARLY,
    /** A duplicate is applied again. */
    DUPLICATE_APPLIED,
    /** Superseded live copies of a checkpoint stay. */
    NOTHING_DROPPED,
    /** Every kept copy is brought to life. */
    EVERYTHING_SPAWNED,
    /** Kept copies of other checkpoints are not delivered, as if their numbers did not matter. */
    PEERS_IGNORED,
    /** Offers of a cell's former self still count. */
    FENCE_OPEN,
    /** A cell restarts without waiting for its peers' checkpoints. */
    PEERS_NOT_AWAITED,
    /** Cells restored together do not wait for each other's checkpoints before others may forget. */
    GROUP_FORGOTTEN
}
