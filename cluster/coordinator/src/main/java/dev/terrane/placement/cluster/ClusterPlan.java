package dev.terrane.placement.cluster;

import dev.terrane.placement.cluster.ClusterDecision.Assignment;
import dev.terrane.placement.cluster.ClusterDecision.ClusterMove;
import dev.terrane.placement.cluster.ClusterDecision.Headroom;
import dev.terrane.placement.cluster.ClusterDecision.StandbyChange;
import java.util.ArrayList;
import java.util.List;

/**
 * Which node owns which cell, which keeps its warm copy, and how many nodes there should be.
 *
 * <p>In order of rank: every cell has an owner; pins; drained nodes become empty; each node's hard and soft load stays below N/(N+1) of what it can do, when N+1 nodes
 * take cells, so that the others can carry the loss of any one; neighbours together; in calm, no node has many more cells than another. A cell that has a place keeps it otherwise: neither evener loads nor
 * neighbours are a reason to move, they only say where to. Opportunistic load does not count: it is what a node leaves out when it inherits.
 *
 * <p>A move needs its standby at the target. The decision that names a move names that standby too; until it is ready the same view gives the same move again, so
 * nobody has to remember it. What cannot be as it should is done as well as it goes, and listed in {@link ClusterDecision#shortages}.
 *
 * <p>Takes about cells × nodes × moves steps, and nodes² words of memory: 200 cells on 20 nodes are a few ten thousand steps.
 */
public record ClusterPlan(ClusterRules rules) {
    /** @throws IllegalArgumentException if a node or a cell is in the view twice */
    public ClusterDecision plan(ClusterView view) {
        Board board = new Board(view);
        long[] loadsNow = board.loads();
        List<Assignment> assignments = new Assignments(board).decide();
        List<ClusterMove> moves = new Moves(board, rules).decide();
        Standbys standbys = new Standbys(board, rules);
        List<StandbyChange> changes = standbys.decide();
        return new ClusterDecision(
                assignments,
                changes,
                moves,
                NodesDesired.of(board, rules),
                headroom(board, standbys, loadsNow),
                shortages(board, standbys));
    }

    private static List<Headroom> headroom(Board board, Standbys standbys, long[] loadsNow) {
        List<Headroom> found = new ArrayList<>();
        for (int node = 0; node < board.nodeCount(); node++) {
            long worst = 0;
            for (int lost = 0; lost < board.nodeCount(); lost++) {
                worst = Math.max(worst, standbys.afterLoss(node, lost));
            }
            found.add(new Headroom(board.node(node).id(), loadsNow[node], board.limit(node), worst));
        }
        return found;
    }

    private static List<Shortage> shortages(Board board, Standbys standbys) {
        List<Shortage> found = new ArrayList<>();
        int[] pinned = new int[board.nodeCount()];
        int unplaced = 0;
        for (int cell = 0; cell < board.cellCount(); cell++) {
            unplaced += board.owner(cell) == Board.NOBODY ? 1 : 0;
            if (board.pin(cell) != Board.NOBODY) {
                pinned[board.pin(cell)]++;
            }
        }
        if (unplaced > 0) {
            found.add(new Shortage.Unplaced(unplaced));
        }
        for (int node = 0; node < board.nodeCount(); node++) {
            of(board, standbys, node, found);
            if (pinned[node] > 0 && !board.accepts(node)) {
                found.add(new Shortage.HeldByPins(board.node(node).id(), pinned[node]));
            }
        }
        return found;
    }

    private static void of(Board board, Standbys standbys, int node, List<Shortage> found) {
        long load = board.load(node);
        if (load > board.capacity(node)) {
            found.add(new Shortage.OverCapacity(board.node(node).id(), load - board.capacity(node)));
        } else if (board.accepts(node) && load > board.limit(node)) {
            found.add(new Shortage.OverHeadroom(board.node(node).id(), load - board.limit(node)));
        }
        for (int heir = 0; heir < board.nodeCount(); heir++) {
            long after = standbys.afterLoss(heir, node);
            if (standbys.isHeir(heir, node) && after > board.capacity(heir)) {
                found.add(new Shortage.LossNotCarried(
                        board.node(node).id(), board.node(heir).id(), after - board.capacity(heir)));
            }
        }
    }
}
