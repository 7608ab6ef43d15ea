package dev.terrane.placement.cluster;

import dev.terrane.placement.cluster.ClusterDecision.ClusterMove;
import dev.terrane.placement.cluster.ClusterDecision.Reason;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Decides who changes house: what is pinned elsewhere, then what is on drained nodes, then what relieves nodes without headroom; when none of that is to be done, what
 * makes the numbers of their cells less uneven.
 *
 * <p>It comes to rest: a move for the sake of headroom leaves the target below what the source was, so the fullest of the two is less full after it, and nothing but a
 * change of loads can make its way back worth as much. One for the sake of evenness leaves the fullest of the two no fuller, and the source with more cells than the target.
 */
final class Moves {
    private final Board board;
    private final ClusterRules rules;
    private final List<ClusterMove> decided = new ArrayList<>();
    private int slots;

    private int bestCell = Board.NOBODY;
    private int bestTo = Board.NOBODY;
    private long[] bestRank = {};

    Moves(Board board, ClusterRules rules) {
        this.board = board;
        this.rules = rules;
        slots = rules.movesMax();
        for (int cell = 0; cell < board.cellCount(); cell++) {
            if (board.isOwned(cell) && !board.isSettled(cell)) {
                slots--; // it has begun
            }
        }
    }

    List<ClusterMove> decide() {
        pinned();
        boolean goesOn = !board.isFrozen();
        while (goesOn && slots > 0) {
            goesOn = drain() || relieve() || spread();
        }
        return decided;
    }

    private void pinned() {
        for (int cell = 0; cell < board.cellCount() && slots > 0; cell++) {
            int pin = board.pin(cell);
            if (board.isSettled(cell) && pin != Board.NOBODY && pin != board.owner(cell)) {
                move(cell, pin, Reason.PINNED);
            }
        }
    }

    private void move(int cell, int to, Reason reason) {
        board.move(cell, to);
        decided.add(new ClusterMove(board.cell(cell), board.node(to).id(), reason));
        slots--;
    }

    private boolean isFree(int cell) {
        return board.isSettled(cell) && board.pin(cell) == Board.NOBODY;
    }

    /** The move off a drained node that disturbs least: to one that follows, then to a whole copy where there is headroom. */
    private boolean drain() {
        forgetBest();
        for (int cell = 0; cell < board.cellCount(); cell++) {
            if (isFree(cell) && !board.accepts(board.owner(cell))) {
                for (int to = 0; to < board.nodeCount(); to++) {
                    if (board.accepts(to)) {
                        offer(cell, to, drainRank(cell, to));
                    }
                }
            }
        }
        return moveBest(Reason.DRAINED);
    }

    private long[] drainRank(int cell, int to) {
        long after = board.load(to) + board.need(cell);
        return new long[] {
            board.givenUp(cell, to),
            board.millionths(to, Math.max(0, after - board.limit(to))),
            copyRank(cell, to),
            -board.neighbours(cell, to),
            board.millionths(to, after)
        };
    }

    /** One move off the fullest node that lacks headroom and can be relieved. */
    private boolean relieve() {
        boolean[] tried = new boolean[board.nodeCount()];
        for (int from = fullest(tried); from != Board.NOBODY; from = fullest(tried)) {
            tried[from] = true;
            forgetBest();
            for (int cell = 0; cell < board.cellCount(); cell++) {
                if (isFree(cell)
                        && board.owner(cell) == from
                        && board.need(cell) > 0
                        && board.isRested(cell, rules.restSteps())) {
                    offerRelief(cell, from);
                }
            }
            if (moveBest(Reason.HEADROOM)) {
                return true;
            }
        }
        return false;
    }

    private int fullest(boolean[] tried) {
        int found = Board.NOBODY;
        for (int node = 0; node < board.nodeCount(); node++) {
            if (!tried[node]
                    && board.accepts(node)
                    && board.load(node) > board.limit(node)
                    && (found == Board.NOBODY
                            || board.share(node, board.load(node)) > board.share(found, board.load(found)))) {
                found = node;
            }
        }
        return found;
    }

    private void offerRelief(int cell, int from) {
        double fullness = board.share(from, board.load(from));
        for (int to = 0; to < board.nodeCount(); to++) {
            if (to == from || !board.accepts(to) || board.givenUp(cell, to) > 0) {
                continue;
            }
            long after = board.load(to) + board.need(cell);
            if (board.share(to, after) <= fullness - rules.gainPercent() / 100.0) {
                offer(cell, to, reliefRank(cell, from, to));
            }
        }
    }

    /** To where there is headroom; one move rather than two; to neighbours rather than away from them; to where a copy is; evenly. */
    private long[] reliefRank(int cell, int from, int to) {
        long after = board.load(to) + board.need(cell);
        long left = board.load(from) - board.need(cell);
        return new long[] {
            after <= board.limit(to) ? 0 : 1,
            Math.max(0, left - board.limit(from)),
            board.neighbours(cell, from) - board.neighbours(cell, to),
            copyRank(cell, to),
            Math.max(board.millionths(from, left), board.millionths(to, after))
        };
    }

    /** One cell from where many are to where few are: when nothing else is to be done, and one at a time. */
    private boolean spread() {
        if (slots < rules.movesMax()) {
            return false;
        }
        List<Integer> bare = bare();
        forgetBest();
        for (int cell = 0; cell < board.cellCount(); cell++) {
            // Whose copy is on its way to where it is to move: nothing else begins until that is there.
            boolean isNext = bare.isEmpty() || bare.size() == 1 && bare.contains(cell);
            if (isNext && isFree(cell) && board.isRested(cell, rules.restSteps())) {
                offerSpread(cell, board.owner(cell));
            }
        }
        return moveBest(Reason.SPREAD);
    }

    /** Cells that have no whole copy, or one that has to leave its node. */
    private List<Integer> bare() {
        List<Integer> found = new ArrayList<>();
        for (int cell = 0; cell < board.cellCount(); cell++) {
            int standby = board.standby(cell);
            if (standby == Board.NOBODY || !board.isReadyAt(cell, standby) || !board.accepts(standby)) {
                found.add(cell);
            }
        }
        return found;
    }

    private void offerSpread(int cell, int from) {
        for (int to = 0; to < board.nodeCount(); to++) {
            if (to == from || !takesMore(to) || board.givenUp(cell, to) > 0 || !isMuchEmptier(to, from)) {
                continue;
            }
            long after = board.load(to) + board.need(cell);
            if (after <= board.limit(to) && board.share(to, after) <= board.share(from, board.load(from))) {
                offer(cell, to, spreadRank(cell, from, to));
            }
        }
    }

    /** A node that has just started may be about to die again. */
    private boolean takesMore(int node) {
        return board.accepts(node) && board.isSeasoned(node, rules.restSteps());
    }

    /** Also with one cell more. */
    private boolean isMuchEmptier(int to, int from) {
        return (board.count(to) + 1.0) * rules.spreadPercent() * board.capacity(from)
                <= board.count(from) * 100.0 * board.capacity(to);
    }

    /** From where most are to where fewest are; to neighbours rather than away from them; to where a copy is; evenly. */
    private long[] spreadRank(int cell, int from, int to) {
        return new long[] {
            -board.density(from),
            board.density(to),
            board.neighbours(cell, from) - board.neighbours(cell, to),
            copyRank(cell, to),
            board.millionths(to, board.load(to) + board.need(cell))
        };
    }

    private int copyRank(int cell, int to) {
        return board.isReadyAt(cell, to) ? 0 : board.standby(cell) == to ? 1 : 2;
    }

    private void forgetBest() {
        bestCell = Board.NOBODY;
    }

    /** The lowest rank wins, the first of equal ones. */
    private void offer(int cell, int to, long[] rank) {
        if (bestCell == Board.NOBODY || Arrays.compare(rank, bestRank) < 0) {
            bestCell = cell;
            bestTo = to;
            bestRank = rank;
        }
    }

    private boolean moveBest(Reason reason) {
        if (bestCell == Board.NOBODY) {
            return false;
        }
        move(bestCell, bestTo, reason);
        return true;
    }
}
