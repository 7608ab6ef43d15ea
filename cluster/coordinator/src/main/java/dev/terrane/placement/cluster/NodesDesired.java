package dev.terrane.placement.cluster;

import java.util.Arrays;

/**
 * How many nodes the load asks for, wherever the cells are now: all of them are dealt out in thought, largest first, each to the emptiest node. If that leaves too little
 * headroom, more nodes are desired; if it would leave enough with a margin on one node fewer, one fewer.
 */
final class NodesDesired {
    /** No cluster of ours is larger; a load that asks for more is a mistake in a unit. */
    private static final int NODES_MAX = 1_000;

    private final long[] needs;
    private final ClusterRules rules;

    private NodesDesired(long[] needsDescending, ClusterRules rules) {
        this.needs = needsDescending;
        this.rules = rules;
    }

    static int of(Board board, ClusterRules rules) {
        long[] capacities = new long[board.acceptingCount()];
        for (int node = 0, next = 0; node < board.nodeCount(); node++) {
            if (board.accepts(node)) {
                capacities[next++] = board.capacity(node);
            }
        }
        Arrays.sort(capacities);
        return new NodesDesired(needs(board), rules).count(capacities);
    }

    private static long[] needs(Board board) {
        long[] ascending = new long[board.cellCount()];
        for (int cell = 0; cell < ascending.length; cell++) {
            ascending[cell] = board.need(cell);
        }
        Arrays.sort(ascending);
        long[] found = new long[ascending.length];
        for (int i = 0; i < found.length; i++) {
            found[i] = ascending[found.length - 1 - i];
        }
        return found;
    }

    private int count(long[] capacities) {
        int count = capacities.length;
        if (count == 0) {
            return rules.nodesMin();
        }
        long[] more = withNodes(capacities, Math.max(count, rules.nodesMin()));
        while (!fits(more, 0) && more.length < NODES_MAX) {
            more = withNodes(capacities, more.length + 1);
        }
        // Without the largest: whichever leaves, the others can do it.
        boolean canSpare =
                count > rules.nodesMin() && fits(Arrays.copyOf(capacities, count - 1), rules.marginPercent());
        return canSpare ? count - 1 : more.length;
    }

    /** New nodes are as large as those that are there are on average. */
    private static long[] withNodes(long[] capacities, int count) {
        long average = (long) Arrays.stream(capacities).average().orElseThrow();
        long[] found = Arrays.copyOf(capacities, count);
        Arrays.fill(found, capacities.length, count, average);
        return found;
    }

    private boolean fits(long[] capacities, int marginPercent) {
        double grown = (100 + marginPercent) / 100.0;
        int count = capacities.length;
        long all = Arrays.stream(capacities).sum();
        long largest = Arrays.stream(capacities).max().orElseThrow();
        double carried = count == 1 ? all : Math.min(all - largest, (double) all / count * (count - 1));
        if (Arrays.stream(needs).sum() * grown > carried) {
            return false;
        }
        double part = count == 1 ? 1 : (count - 1) / (double) count;
        long[] loads = new long[count];
        int[] cells = new int[count];
        for (long need : needs) {
            int node = emptiest(loads, capacities, need);
            loads[node] += need;
            cells[node]++;
            // A cell that is alone has all that a node can give; what would help it is a split, not a node.
            if (cells[node] > 1 && loads[node] * grown > capacities[node] * part) {
                return false;
            }
        }
        return true;
    }

    private static int emptiest(long[] loads, long[] capacities, long need) {
        int best = 0;
        for (int node = 1; node < loads.length; node++) {
            if ((double) (loads[node] + need) / capacities[node] < (double) (loads[best] + need) / capacities[best]) {
                best = node;
            }
        }
        return best;
    }
}
