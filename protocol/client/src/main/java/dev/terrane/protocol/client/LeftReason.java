package dev.terrane.protocol.client;

import java.util.List;

/** Why an entity is no longer in a slice. The ordinal is the number on the wire, except for {@link #ABSENT}. */
public enum LeftReason {
    /** It is gone from the world. */
    DESPAWNED,
    /** Another slice of the same cell has it now. */
    MOVED,
    /** Another cell owns it now. */
    HANDED,
    /** It is still there, but no longer visible to this audience. */
    HIDDEN,
    /** A keyframe did not list it. Never on the wire. */
    ABSENT;

    static final List<LeftReason> ON_WIRE = List.of(DESPAWNED, MOVED, HANDED, HIDDEN);
}
