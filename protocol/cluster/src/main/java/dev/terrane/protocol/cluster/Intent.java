package dev.terrane.protocol.cluster;

/** A wish of one cell that another carries out: the target's owner decides. The body is one of the game's intent records, immutable. */
public sealed interface Intent {
    /** The game's own record. */
    Record body();

    /**
     * To one entity. A cell that has handed it on passes the intent on, too.
     *
     * @param target entity id
     * @param hops cells that have passed it on
     */
    record ToEntity(long target, Record body, int hops) implements Intent {
        /** Passed on more often than this, it is dropped and counted: the target moves faster than its mail. */
        public static final int HOPS_MAX = 4;
    }

    /** To a circle, in world coordinates, metres. Sent to every cell that it may touch, each layer of a region included. */
    record ToArea(double x, double y, float radiusMetres, Record body) implements Intent {}
}
