package dev.terrane.placement.cluster;

import java.util.List;

/** What cells count as when a place is chosen for them: what is measured; else, by their tick rate, as much as those that are. */
final class Weights {
    private Weights() {}

    /** @param limitNanos of all nodes together: while nothing is measured the cells count as if they filled that, so that they spread over the cluster */
    static long[] of(List<ClusterCell> cells, double limitNanos) {
        long measuredNanos = 0;
        long measuredRate = 0;
        long otherRate = 0;
        for (ClusterCell cell : cells) {
            long counted = cell.demand().countedNanos();
            measuredNanos += counted;
            measuredRate += counted > 0 ? cell.demand().tickRate() : 0;
            otherRate += counted > 0 ? 0 : cell.demand().tickRate();
        }
        double perRate = measuredRate > 0 ? (double) measuredNanos / measuredRate : limitNanos / Math.max(1, otherRate);
        long[] found = new long[cells.size()];
        for (int cell = 0; cell < found.length; cell++) {
            CellDemand demand = cells.get(cell).demand();
            found[cell] = demand.countedNanos() > 0 ? demand.countedNanos() : (long) (perRate * demand.tickRate());
        }
        return found;
    }
}
