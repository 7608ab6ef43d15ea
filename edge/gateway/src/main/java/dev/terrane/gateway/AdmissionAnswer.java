package dev.terrane.gateway;

import dev.terrane.base.CellId;

/** The server's answer to {@link Admissions#admit}. */
public sealed interface AdmissionAnswer {
    long session();

    int attempt();

    /**
     * Join there.
     *
     * @param generation the character's, just raised
     * @param cell where its avatar lives, or where it is to spawn
     * @param epoch the cell's, or {@link dev.terrane.protocol.cluster.CellPort#ANY_EPOCH}
     * @param avatar the entity that it has; 0: it has none, and one is to be made
     * @param x local position to spawn at, when it has none
     */
    record Admitted(long session, int attempt, int generation, CellId cell, long epoch, long avatar, float x, float y)
            implements AdmissionAnswer {
        /** One that has no avatar. */
        public Admitted(long session, int attempt, int generation, CellId cell, long epoch, float x, float y) {
            this(session, attempt, generation, cell, epoch, 0, x, y);
        }
    }

    /** @param retryAfterMillis advice to the client; 0 for none */
    record Refused(long session, int attempt, Reason reason, int retryAfterMillis) implements AdmissionAnswer {}

    /** Why nobody may enter. */
    enum Reason {
        /** The world holds as many players as its limit allows. */
        WORLD_FULL,
        /** Another session of the character was let in since this one was. */
        SUPERSEDED,
        /** The character store or the cell cannot be reached now. */
        UNAVAILABLE
    }
}
