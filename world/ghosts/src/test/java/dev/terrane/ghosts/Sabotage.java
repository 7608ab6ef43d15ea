package dev.terrane.ghosts;

/** Ways to break the protocol on purpose, to see that the checks notice. */
enum Sabotage {
    NONE,
    /** The subscriber takes what follows a lost batch as if nothing had been lost. */
    GAP_IGNORED,
    /** The publisher does not tell again what a full link refused. */
    REFUSED_FORGOTTEN,
    /** The publisher sticks to what was asked for first in a stream. */
    WANTS_FROZEN,
    /** Subscriptions never end: neither by silence nor because they are given up. */
    SUBSCRIPTIONS_ENDLESS,
    /** The publisher does not hear of the dead once the store's change marks were cleared. */
    DEATHS_UNTOLD,
    /** The cell does not say that a ghost has become its own entity. */
    ARRIVALS_UNTOLD,
    /** The subscriber does not look whether an entity is its cell's own. */
    OWN_TAKEN_FOR_GHOST,
    /** A cell that takes an entity in does not raise its ownership. */
    OWNERSHIP_UNRAISED
}
