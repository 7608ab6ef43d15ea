package dev.terrane.placement;

/** How far a loaded world has stepped down, in this order; each step includes those before. */
public enum Rung {
    /** Nothing is left out. */
    NORMAL,
    /** Opportunistic systems do not run. */
    OPPORTUNISTIC,
    /** Rings but the nearest are sent half as often. */
    FAR_RINGS,
    /** The heaviest region is asked to split though it is within its own limits. */
    SPLIT,
    /** Simulated time runs slower. */
    DILATION
}
