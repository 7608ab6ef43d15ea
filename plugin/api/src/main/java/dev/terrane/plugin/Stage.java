package dev.terrane.plugin;

/** The order within a tick. Structural changes asked for in one stage are there in the next. */
public enum Stage {
    /** Inputs have been written into {@link dev.terrane.plugin.kit.Controls}: turn them into intentions. */
    INPUT,
    /** Move, think, shoot. */
    SIMULATE,
    /** Settle what met: hits, damage, deaths, respawns. Transforms are final, the neighbourhood index is fresh. */
    RESOLVE,
    /** Prepare what clients see. */
    REPLICATE
}
