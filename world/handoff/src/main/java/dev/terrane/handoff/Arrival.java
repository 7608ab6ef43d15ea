package dev.terrane.handoff;

/** What to do with an offered entity. Whatever it is, the answer to the source is sent by {@link HandoffMachine#flush}. */
public enum Arrival {
    /** New here: spawn it in this tick. */
    APPLY,
    /** It was here before, whatever became of it. Do nothing. */
    DUPLICATE,
    /** An earlier one is missing; the source sends both again. Do nothing. */
    GAP,
    /** Sent by a source that has been restarted since. Do nothing. */
    STALE
}
