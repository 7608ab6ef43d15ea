package dev.terrane.protocol.cluster;

/** What the world leaves out under load, each step beyond the one before (DESIGN principle 6). Splitting and time dilation come on top and are told apart. */
public enum Shed {
    /** Nothing. */
    NOTHING,
    /** Opportunistic systems do not run. */
    OPPORTUNISTIC,
    /** And rings but the nearest are sent half as often. */
    FAR_RINGS
}
