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
    GROUP_FORGOTTEN,
    /** What the journal says is not looked at. */
    JOURNAL_IGNORED,
    /** Of an entity the first thing counts that the journal says. */
    OLDEST_FACT_COUNTS,
    /** What the journal says of an entity counts whatever its ownership. */
    EVERY_FACT_COUNTS,
    /** Nobody remembers that older copies of journaled entities are not true. */
    PROOFS_FORGOTTEN,
    /** An image is stored before the journal has what is in it. */
    CHECKPOINT_BEFORE_JOURNAL
}
