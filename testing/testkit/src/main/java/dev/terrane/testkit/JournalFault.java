package dev.terrane.testkit;

/** Ways to break a restart on purpose, to see that the checkers notice. */
public enum JournalFault {
    NONE,
    /** Cells start from their images alone. */
    IGNORED,
    /** The second half of a journal is gone. */
    CUT,
    /** Old facts are read last. */
    BACKWARDS
}
