package dev.terrane.placement.cluster;

import dev.terrane.base.NodeId;

/**
 * A node that ticks cells and is alive. One that is not in the view is dead.
 *
 * @param capacityNanos of tick work that it can do per second: a second for each of its workers; 1 to {@link #CAPACITY_NANOS_MAX}
 * @param isDraining is being emptied: gets nothing but what is pinned to it
 * @param sinceStep the view's step in which this life of it came: one that starts again and again is given nothing for the sake of evenness
 * @param domain what fails together, a rack or a machine; empty: nothing is known to fail with it
 */
public record ClusterNode(NodeId id, long capacityNanos, boolean isDraining, long sinceStep, String domain) {
    /** A thousand workers. More is a mistake in a unit. */
    public static final long CAPACITY_NANOS_MAX = 1_000_000_000_000L;

    public ClusterNode {
        if (capacityNanos < 1 || capacityNanos > CAPACITY_NANOS_MAX) {
            throw new IllegalArgumentException("node %s: capacity %d ns per second must be 1 to %d"
                    .formatted(id, capacityNanos, CAPACITY_NANOS_MAX));
        }
    }
}
