package dev.terrane.placement.cluster;

import dev.terrane.base.CellId;
import dev.terrane.base.NodeId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done now, all of it at once. What could not be done is simply decided again by the next look.
 *
 * @param moves at most as many as the rules allow at a time, those that have begun included
 * @param nodesDesired how many nodes that take cells there should be: the signal to scale by
 * @param headroom of each node as it is now
 * @param shortages what stays wrong; empty: all is as it should be
 */
public record ClusterDecision(
        List<Assignment> assignments,
        List<StandbyChange> standbys,
        List<ClusterMove> moves,
        int nodesDesired,
        List<Headroom> headroom,
        List<Shortage> shortages) {
    public ClusterDecision {
        assignments = List.copyOf(assignments);
        standbys = List.copyOf(standbys);
        moves = List.copyOf(moves);
        headroom = List.copyOf(headroom);
        shortages = List.copyOf(shortages);
    }

    /** A cell without owner gets one. @param isPromotion its warm copy is there; otherwise it starts from its checkpoint */
    public record Assignment(CellId cell, NodeId node, boolean isPromotion) {}

    /** A cell's warm copy is to be kept there. @param node null: nowhere */
    public record StandbyChange(CellId cell, @Nullable NodeId node) {}

    /** A cell is to change its owner. It begins when its standby is there and ready; until then it is decided again by each look. */
    public record ClusterMove(CellId cell, NodeId to, Reason reason) {}

    /** Why a cell moves, for people. */
    public enum Reason {
        /** An administrator has pinned it there. */
        PINNED,
        /** Its node is being emptied. */
        DRAINED,
        /** Its node has too little headroom. */
        HEADROOM,
        /** Its node has many more cells than another: too many players would wait if it died. */
        SPREAD
    }

    /**
     * For metrics; nanoseconds of tick work per second.
     *
     * @param loadNanos hard and soft load of its cells
     * @param limitNanos above which it has too little headroom
     * @param afterLossNanos what it would have to do after the loss of the node whose loss is worst for it
     */
    public record Headroom(NodeId node, long loadNanos, long limitNanos, long afterLossNanos) {
        /** Negative: it has too little headroom. */
        public long freeNanos() {
            return limitNanos - loadNanos;
        }
    }
}
