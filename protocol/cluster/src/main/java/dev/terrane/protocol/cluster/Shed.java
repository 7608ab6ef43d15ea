package dev.terrane.protocol.cluster;

/**
 * How far the world has stepped down under load, each step beyond the one before (DESIGN principle 6). Time dilation comes on top and is told apart. Clients are told the
 * ordinal: the order stays, more is added at the end.
 */
public enum Shed {
    /** Nothing. */
    NOTHING,
    /** Opportunistic systems do not run. */
    OPPORTUNISTIC,
    /** And rings but the nearest are sent half as often. */
    FAR_RINGS,
    /** And the heaviest cell splits into layers though it is within its own limits, and none merge. */
    SPLIT
}
