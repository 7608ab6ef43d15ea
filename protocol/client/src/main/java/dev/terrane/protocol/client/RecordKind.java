package dev.terrane.protocol.client;

/** What a record of a snapshot is. The ordinal is the number on the wire, except for deltas, which are marked by a bit. */
public enum RecordKind {
    DELTA,
    KEYFRAME,
    FORGET,
    SELF,
    OWN_EVENTS,
    /** What differs from the SELF before. */
    SELF_CHANGES,
    /** How early the client's inputs come for the ticks that they name (2.2). */
    INPUT_MARGIN
}
