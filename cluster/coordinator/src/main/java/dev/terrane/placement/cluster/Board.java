package dev.terrane.placement.cluster;

import dev.terrane.base.CellId;
import dev.terrane.base.NodeId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The cluster as it will be with what has been decided so far. Nodes and cells go by their numbers in the order of their names, so the order of the view's lists is
 * forgotten here. A cell's load is where its goal is: its owner, or where it is about to move.
 */
final class Board {
    static final int NOBODY = -1;

    private final ClusterView view;
    private final List<ClusterNode> nodes;
    private final List<ClusterCell> cells;
    private final int[][] neighbours;
    private final int acceptingCount;

    private final int[] owner;
    private final int[] goal;
    private final int[] standby;
    private final int[] pin;
    private final boolean[] isFresh;
    private final long[] weight;
    private final int[] count;
    private final long[] load;
    private final long[] expected;

    Board(ClusterView view) {
        this.view = view;
        nodes = new ArrayList<>(view.nodes());
        nodes.sort(Comparator.comparing(ClusterNode::id));
        cells = new ArrayList<>(view.cells());
        cells.sort(Comparator.comparing(ClusterCell::id));
        TreeMap<NodeId, Integer> nodeNumbers = new TreeMap<>();
        nodes.forEach(node -> number(nodeNumbers, node.id()));
        TreeMap<CellId, Integer> cellNumbers = new TreeMap<>();
        cells.forEach(cell -> number(cellNumbers, cell.id()));
        neighbours = Neighbours.of(cellNumbers, view.borders());
        acceptingCount = (int) nodes.stream().filter(node -> !node.isDraining()).count();
        owner = new int[cells.size()];
        standby = new int[cells.size()];
        pin = new int[cells.size()];
        for (int cell = 0; cell < cells.size(); cell++) {
            Home home = home(cell);
            owner[cell] = numberOf(nodeNumbers, home.owner());
            standby[cell] = numberOf(nodeNumbers, home.standby());
            pin[cell] = numberOf(nodeNumbers, cells.get(cell).pin());
            if (standby[cell] == owner[cell]) {
                standby[cell] = NOBODY;
            }
        }
        isFresh = new boolean[cells.size()];
        goal = new int[cells.size()];
        count = new int[nodes.size()];
        load = new long[nodes.size()];
        expected = new long[nodes.size()];
        weight = Weights.of(cells, limits());
        for (int cell = 0; cell < cells.size(); cell++) {
            goal[cell] = NOBODY;
            setGoal(cell, owner[cell] != NOBODY && moves(cell) ? standby[cell] : owner[cell]);
        }
    }

    private static <T> void number(TreeMap<T, Integer> numbers, T key) {
        if (numbers.put(key, numbers.size()) != null) {
            throw new IllegalArgumentException(key + " is in the view twice");
        }
    }

    private static <T> int numberOf(TreeMap<T, Integer> numbers, @Nullable T key) {
        Integer found = key == null ? null : numbers.get(key);
        return found == null ? NOBODY : found;
    }

    private double limits() {
        double found = 0;
        for (int node = 0; node < nodes.size(); node++) {
            found += accepts(node) ? limit(node) : 0;
        }
        return found;
    }

    private boolean moves(int cell) {
        return home(cell).isMoving() && standby[cell] != NOBODY;
    }

    // ---- what is

    int nodeCount() {
        return nodes.size();
    }

    int cellCount() {
        return cells.size();
    }

    /** Nodes that take cells. */
    int acceptingCount() {
        return acceptingCount;
    }

    ClusterNode node(int node) {
        return nodes.get(node);
    }

    CellId cell(int cell) {
        return cells.get(cell).id();
    }

    Home home(int cell) {
        return cells.get(cell).home();
    }

    boolean isFrozen() {
        return view.isFrozen();
    }

    boolean accepts(int node) {
        return !nodes.get(node).isDraining();
    }

    long capacity(int node) {
        return nodes.get(node).capacityNanos();
    }

    /** N/(N+1) of its capacity when N+1 nodes take cells; alone there is nothing to keep headroom for. */
    long limit(int node) {
        return acceptingCount < 2 ? capacity(node) : capacity(node) / acceptingCount * (acceptingCount - 1);
    }

    /** As measured. */
    long need(int cell) {
        return cells.get(cell).demand().countedNanos();
    }

    /** As measured, or as guessed. */
    long weight(int cell) {
        return weight[cell];
    }

    /** A living node that an administrator wants the cell on, or {@link #NOBODY}. */
    int pin(int cell) {
        return pin[cell];
    }

    /** How lately the node did not follow the cell, of those that did not; 0: it may well. */
    int givenUp(int cell, int node) {
        return cells.get(cell).givenUp().lastIndexOf(nodes.get(node).id()) + 1;
    }

    boolean isRested(int cell, int steps) {
        return view.step() - home(cell).sinceStep() >= steps;
    }

    boolean isSeasoned(int node, int steps) {
        return view.step() - nodes.get(node).sinceStep() >= steps;
    }

    // ---- what is decided

    int owner(int cell) {
        return owner[cell];
    }

    int goal(int cell) {
        return goal[cell];
    }

    int standby(int cell) {
        return standby[cell];
    }

    /** Whether a whole copy of the cell is there. */
    boolean isReadyAt(int cell, int node) {
        return standby[cell] == node && home(cell).isReady();
    }

    /** It had an owner before this look, and stays there as far as is decided. */
    boolean isSettled(int cell) {
        return owner[cell] != NOBODY && goal[cell] == owner[cell] && !isFresh[cell];
    }

    /** It had an owner before this look. */
    boolean isOwned(int cell) {
        return owner[cell] != NOBODY && !isFresh[cell];
    }

    /** Cells that are there, or about to be. */
    int count(int node) {
        return count[node];
    }

    long load(int node) {
        return load[node];
    }

    long[] loads() {
        return load.clone();
    }

    /** Load with guesses for what is not measured. */
    long expected(int node) {
        return expected[node];
    }

    /** How many neighbours of the cell are where this asks for. */
    int neighbours(int cell, int node) {
        int found = 0;
        for (int other : neighbours[cell]) {
            found += goal[other] == node ? 1 : 0;
        }
        return found;
    }

    /** How many neighbours of the cell would be there with it if their common owner died. */
    int heirs(int cell, int node) {
        int found = 0;
        for (int other : neighbours[cell]) {
            found += goal[other] == node || (owner[other] == owner[cell] && standby[other] == node) ? 1 : 0;
        }
        return found;
    }

    boolean isSameDomain(int one, int other) {
        String domain = nodes.get(one).domain();
        return !domain.isEmpty() && domain.equals(nodes.get(other).domain());
    }

    void assign(int cell, int node) {
        owner[cell] = node;
        isFresh[cell] = true;
        setGoal(cell, node);
    }

    void move(int cell, int to) {
        setGoal(cell, to);
    }

    void setStandby(int cell, int node) {
        standby[cell] = node;
    }

    private void setGoal(int cell, int node) {
        add(goal[cell], -1, -need(cell), -weight[cell]);
        goal[cell] = node;
        add(node, 1, need(cell), weight[cell]);
    }

    private void add(int node, int cellCount, long needNanos, long weightNanos) {
        if (node != NOBODY) {
            count[node] += cellCount;
            load[node] += needNanos;
            expected[node] += weightNanos;
        }
    }

    // ---- numbers

    /** Part of the node's capacity. */
    double share(int node, long nanos) {
        return (double) nanos / capacity(node);
    }

    /** Cells per capacity of the node, fine enough to rank by. */
    long density(int node) {
        return (long) (share(node, count[node]) * 1e15);
    }

    /** Part of the node's capacity, in millionths: fine enough to rank by, coarse enough that equal ones are equal. */
    long millionths(int node, long nanos) {
        return (long) (share(node, nanos) * 1e6);
    }
}
