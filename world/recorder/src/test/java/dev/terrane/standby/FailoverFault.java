package dev.terrane.standby;

/** What is done wrong on purpose, so that it is known to be found. */
enum FailoverFault {
    NONE,
    /** Cells say what they say at once. */
    NOTHING_IS_HELD,
    /** Intents are acknowledged to their sources before the standby has the tick. */
    ACKNOWLEDGED_TOO_SOON,
    /** The owner takes for stable what was only sent to the standby. */
    SENT_TAKEN_FOR_STABLE,
    /** Peers are told that the cell starts again from its checkpoint. */
    CALLED_A_RESTART
}
