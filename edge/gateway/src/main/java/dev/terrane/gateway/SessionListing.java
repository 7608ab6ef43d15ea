package dev.terrane.gateway;

import dev.terrane.base.WorldId;

/** Counts for status pages and limits. Any thread may ask; the numbers are a moment old. */
public interface SessionListing {
    /** Open connections, joined or not. */
    int sessionCount();

    /** Sessions that drive an avatar in this world. */
    int playerCount(WorldId world);
}
