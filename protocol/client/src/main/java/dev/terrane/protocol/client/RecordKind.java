package dev.terrane.protocol.client;

/** What a record of a snapshot's payload is. The ordinal is the number on the wire. */
public enum RecordKind {
    DELTA,
    KEYFRAME,
    FORGET,
    SELF,
    OWN_EVENTS
}
