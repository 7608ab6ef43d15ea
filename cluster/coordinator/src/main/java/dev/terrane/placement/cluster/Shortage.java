package dev.terrane.placement.cluster;

import dev.terrane.base.NodeId;

/** What cannot be as it should, when all that was decided is done. Nanoseconds are of tick work per second. */
public sealed interface Shortage {
    /** No node takes anything: so many cells stay without owner. */
    record Unplaced(int cellCount) implements Shortage {}

    /** The node has less headroom than it should, by so much; the next decisions may have more for it, if there is room elsewhere. */
    record OverHeadroom(NodeId node, long lackingNanos) implements Shortage {}

    /** The node has more to do than it can: its cells will slow down. */
    record OverCapacity(NodeId node, long lackingNanos) implements Shortage {}

    /** If the first node died, the second would have more to do than it can. */
    record LossNotCarried(NodeId lost, NodeId heir, long lackingNanos) implements Shortage {}

    /** The node is being drained and will not become empty: so many cells are pinned to it. */
    record HeldByPins(NodeId node, int cellCount) implements Shortage {}
}
