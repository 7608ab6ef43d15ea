package dev.terrane.placement.cluster;

import dev.terrane.base.NodeId;
import dev.terrane.placement.cluster.ClusterDecision.StandbyChange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Decides who keeps the warm copies: of a cell that is to move, its target; of all others a node that could carry what it would inherit, if possible one that does not
 * fail together with the owner.
 *
 * <p>Each owner's cells are dealt out largest first, each to a node that still has room for it. So a loss is carried whenever all the others together have room for it
 * and for one largest cell more each. Closer to the limit a copy may change places with a smaller one; not every way there is is tried, and what is not carried is a
 * {@link Shortage}. A copy that has a place keeps it unless its node is drained, could not carry the loss, or fails together with the owner while another has room.
 */
final class Standbys {
    private final Board board;
    private final ClusterRules rules;

    /** What the second node would inherit from the first, as measured and as guessed. */
    private final long[][] measured;

    private final long[][] guessed;

    /** Copies that may leave a place: each is without a whole copy until it is done. */
    private int slots;

    Standbys(Board board, ClusterRules rules) {
        this.board = board;
        this.rules = rules;
        measured = new long[board.nodeCount()][board.nodeCount()];
        guessed = new long[board.nodeCount()][board.nodeCount()];
    }

    List<StandbyChange> decide() {
        slots = rules.movesMax();
        for (int cell = 0; cell < board.cellCount(); cell++) {
            if (board.isSettled(cell)) {
                reserve(cell, 1);
                slots -= isPlaced(cell) && !board.home(cell).isReady() ? 1 : 0;
            } else if (board.isOwned(cell) && board.standby(cell) != board.goal(cell)) {
                change(cell, board.goal(cell));
            }
        }
        place();
        if (!board.isFrozen()) {
            leaveDrained();
            leaveFull();
            changePlaces();
            leaveDomain();
        }
        return changes();
    }

    /** What the node would have to do if the other died. */
    long afterLoss(int node, int lost) {
        return board.load(node) + measured[lost][node];
    }

    boolean isHeir(int node, int lost) {
        return measured[lost][node] > 0;
    }

    private boolean isPlaced(int cell) {
        return board.standby(cell) != Board.NOBODY && board.accepts(board.standby(cell));
    }

    private void reserve(int cell, int sign) {
        if (board.standby(cell) != Board.NOBODY) {
            measured[board.owner(cell)][board.standby(cell)] += sign * board.need(cell);
            guessed[board.owner(cell)][board.standby(cell)] += sign * board.weight(cell);
        }
    }

    private void change(int cell, int to) {
        boolean counts = board.isSettled(cell);
        if (counts) {
            reserve(cell, -1);
        }
        board.setStandby(cell, to);
        if (counts) {
            reserve(cell, 1);
        }
    }

    /** By cell, whatever was considered on the way. */
    private List<StandbyChange> changes() {
        List<StandbyChange> found = new ArrayList<>();
        for (int cell = 0; cell < board.cellCount(); cell++) {
            int standby = board.standby(cell);
            NodeId to = standby == Board.NOBODY ? null : board.node(standby).id();
            if (board.isOwned(cell) && !Objects.equals(to, board.home(cell).standby())) {
                found.add(new StandbyChange(board.cell(cell), to));
            }
        }
        return found;
    }

    private List<Integer> settled(IntPredicate which) {
        List<Integer> found = new ArrayList<>();
        for (int cell = 0; cell < board.cellCount(); cell++) {
            if (board.isSettled(cell) && which.test(cell)) {
                found.add(cell);
            }
        }
        found.sort(Comparator.comparingLong((Integer cell) -> -board.weight(cell)));
        return found;
    }

    private void place() {
        for (int cell : settled(cell -> board.standby(cell) == Board.NOBODY)) {
            Integer to = best(cell, node -> true);
            if (to != null) {
                change(cell, to);
            }
        }
    }

    private void leaveDrained() {
        for (int cell : settled(cell -> board.standby(cell) != Board.NOBODY && !isPlaced(cell))) {
            Integer to = best(cell, node -> true);
            if (to == null) {
                change(cell, Board.NOBODY);
            } else if (slots > 0) {
                slots--;
                change(cell, to);
            }
        }
    }

    /** From heirs that could not carry what they would inherit to those that can. */
    private void leaveFull() {
        for (int cell : settled(cell -> isPlaced(cell) && board.need(cell) > 0)) {
            if (slots > 0 && room(board.owner(cell), board.standby(cell)) < 0) {
                leave(cell, node -> hasRoom(cell, node));
            }
        }
    }

    /** Where nobody has room for a copy of a full heir, it may have as soon as a smaller one of the same owner comes here instead. */
    private void changePlaces() {
        for (int cell : settled(cell -> isPlaced(cell) && board.need(cell) > 0)) {
            int owner = board.owner(cell);
            int full = board.standby(cell);
            int other = slots < 2 || room(owner, full) >= 0 ? Board.NOBODY : smaller(cell);
            if (other != Board.NOBODY) {
                slots -= 2;
                change(cell, board.standby(other));
                change(other, full);
            }
        }
    }

    /** The largest with which the heir is no longer full; if there is none, the smallest with which it is less so. */
    private int smaller(int cell) {
        int owner = board.owner(cell);
        int full = board.standby(cell);
        int found = Board.NOBODY;
        for (int other : settled(other -> board.owner(other) == owner && isPlaced(other))) {
            int place = board.standby(other);
            long gain = board.need(cell) - board.need(other);
            boolean mayFollow = board.givenUp(cell, place) == 0 && board.givenUp(other, full) == 0;
            if (place != full && mayFollow && gain > 0 && room(owner, place) >= gain) {
                found = other;
                if (room(owner, full) + gain >= 0) {
                    return found;
                }
            }
        }
        return found;
    }

    private void leaveDomain() {
        for (int cell : settled(cell -> isPlaced(cell) && board.isSameDomain(board.owner(cell), board.standby(cell)))) {
            if (slots > 0) {
                leave(cell, node -> hasRoom(cell, node) && !board.isSameDomain(board.owner(cell), node));
            }
        }
    }

    private void leave(int cell, IntPredicate where) {
        Integer to =
                best(cell, node -> node != board.standby(cell) && board.givenUp(cell, node) == 0 && where.test(node));
        if (to != null) {
            slots--;
            change(cell, to);
        }
    }

    private long room(int owner, int heir) {
        return board.capacity(heir) - afterLoss(heir, owner);
    }

    private boolean hasRoom(int cell, int heir) {
        return room(board.owner(cell), heir) >= board.need(cell);
    }

    /** Where it was not given up, or that longest ago; where there is room; where it does not fail with the owner; beside heirs of neighbours while that leaves headroom; then where there is most room. */
    private @Nullable Integer best(int cell, IntPredicate where) {
        int owner = board.owner(cell);
        Integer best = null;
        long[] bestRank = {};
        for (int node = 0; node < board.nodeCount(); node++) {
            if (node == owner || !board.accepts(node) || !where.test(node)) {
                continue;
            }
            long after = board.expected(node) + guessed[owner][node] + board.weight(cell);
            boolean fits = after <= board.limit(node);
            long[] rank = {
                board.givenUp(cell, node),
                after <= board.capacity(node) ? 0 : 1,
                board.isSameDomain(owner, node) ? 1 : 0,
                fits ? 0 : 1,
                fits ? -board.heirs(cell, node) : 0,
                board.millionths(node, after)
            };
            if (best == null || Arrays.compare(rank, bestRank) < 0) {
                best = node;
                bestRank = rank;
            }
        }
        return best;
    }
}
