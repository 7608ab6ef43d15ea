package dev.terrane.placement.cluster;

import dev.terrane.placement.cluster.ClusterDecision.Assignment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Gives each cell without owner one. A whole copy is promoted where it is, whatever the node has to do and whatever a pin says: elsewhere the cell would start from its
 * checkpoint, and what players have done since would be lost. Others go to their pin, or beside their neighbours while there is headroom.
 */
final class Assignments {
    private final Board board;
    private final List<Assignment> decided = new ArrayList<>();

    Assignments(Board board) {
        this.board = board;
    }

    List<Assignment> decide() {
        for (int cell = 0; cell < board.cellCount(); cell++) {
            int standby = board.standby(cell);
            if (board.owner(cell) == Board.NOBODY
                    && standby != Board.NOBODY
                    && board.home(cell).isReady()) {
                assign(cell, standby, true);
            }
        }
        for (int cell = 0; cell < board.cellCount(); cell++) {
            if (board.owner(cell) == Board.NOBODY && board.pin(cell) != Board.NOBODY) {
                assign(cell, board.pin(cell), false);
            }
        }
        for (int cell = 0; cell < board.cellCount(); cell++) {
            int seat = board.owner(cell) == Board.NOBODY ? best(cell) : Board.NOBODY;
            if (seat != Board.NOBODY) {
                assign(cell, seat, false);
            }
        }
        return decided;
    }

    private void assign(int cell, int node, boolean isPromotion) {
        board.assign(cell, node);
        decided.add(new Assignment(board.cell(cell), board.node(node).id(), isPromotion));
    }

    /** Beside most neighbours while that leaves headroom; then where there is most room. */
    private int best(int cell) {
        int best = Board.NOBODY;
        long[] bestRank = {};
        for (int node = 0; node < board.nodeCount(); node++) {
            if (board.accepts(node)) {
                long after = board.expected(node) + board.weight(cell);
                boolean fits = after <= board.limit(node);
                long[] rank = {fits ? 0 : 1, fits ? -board.neighbours(cell, node) : 0, board.millionths(node, after)};
                if (best == Board.NOBODY || Arrays.compare(rank, bestRank) < 0) {
                    best = node;
                    bestRank = rank;
                }
            }
        }
        return best;
    }
}
