package dev.terrane.sdk;

/** Why an entity is no longer there. */
public enum LeaveReason {
    /** It is gone from the world. */
    DESPAWNED,
    /** It is too far away, hidden, or no longer told about. */
    LEFT_VIEW
}
