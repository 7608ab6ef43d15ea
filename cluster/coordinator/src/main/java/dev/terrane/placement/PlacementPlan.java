package dev.terrane.placement;

import dev.terrane.base.CellId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which worker ticks which cell: layers of one region apart, then the load spread, with as few moves as that takes.
 *
 * <p>While even the busiest worker has headroom nothing is moved for the sake of balance: a move costs warm caches and gains nothing. It keeps no memory.
 *
 * @param movesMax of one step
 * @param headroomNanos a worker whose cells need less than this per tick is not relieved
 * @param gainPercent by how much, of the busiest worker's load, a move must lower it
 */
public record PlacementPlan(int movesMax, long headroomNanos, int gainPercent) {
    public PlacementPlan {
        if (movesMax < 1 || headroomNanos < 0 || gainPercent < 1 || gainPercent > 99) {
            throw new IllegalArgumentException(
                    "moves " + movesMax + ", headroom " + headroomNanos + ", gain " + gainPercent);
        }
    }

    /** At most {@code movesMax} moves, the most urgent first. */
    public List<Move> step(List<Placed> cells, int workerCount) {
        List<Placed> now = new ArrayList<>(cells);
        List<Move> moves = new ArrayList<>();
        while (moves.size() < movesMax) {
            Move move = apart(now, workerCount);
            if (move == null) {
                move = relief(now, workerCount);
            }
            if (move == null) {
                return moves;
            }
            moves.add(move);
            Move made = move;
            now.replaceAll(placed -> placed.cell().equals(made.cell())
                    ? new Placed(made.cell(), made.toWorker(), placed.loadNanos())
                    : placed);
        }
        return moves;
    }

    /** The worker for a cell that is to come: the least loaded of those that tick no other layer of its region, if there is one. */
    public static int seatFor(CellId cell, List<Placed> cells, int workerCount) {
        int best = 0;
        for (int worker = 1; worker < workerCount; worker++) {
            if (better(cell, cells, worker, best)) {
                best = worker;
            }
        }
        return best;
    }

    private static boolean better(CellId cell, List<Placed> cells, int worker, int than) {
        int siblings = siblings(cells, cell, worker);
        int siblingsThan = siblings(cells, cell, than);
        if (siblings != siblingsThan) {
            return siblings < siblingsThan;
        }
        long load = load(cells, worker);
        long loadThan = load(cells, than);
        return load != loadThan ? load < loadThan : count(cells, worker) < count(cells, than);
    }

    /** Moves a layer away from a worker that ticks another of its region, the cheaper one, when some worker ticks none. */
    private static @Nullable Move apart(List<Placed> cells, int workerCount) {
        Placed cheapest = null;
        for (Placed placed : cells) {
            if (siblings(cells, placed.cell(), placed.worker()) > 0
                    && (cheapest == null || placed.loadNanos() < cheapest.loadNanos())
                    && siblings(cells, placed.cell(), seatFor(placed.cell(), cells, workerCount)) == 0) {
                cheapest = placed;
            }
        }
        return cheapest == null ? null : new Move(cheapest.cell(), seatFor(cheapest.cell(), cells, workerCount));
    }

    /** The one move that relieves the busiest worker most. */
    private @Nullable Move relief(List<Placed> cells, int workerCount) {
        int busiest = 0;
        for (int worker = 1; worker < workerCount; worker++) {
            if (load(cells, worker) > load(cells, busiest)) {
                busiest = worker;
            }
        }
        long peak = load(cells, busiest);
        if (peak <= headroomNanos) {
            return null;
        }
        Move best = null;
        long bestPeak = peak - Math.max(1, peak / 100 * gainPercent);
        for (Placed placed : cells) {
            for (int worker = 0; placed.worker() == busiest && worker < workerCount; worker++) {
                long after = Math.max(peak - placed.loadNanos(), load(cells, worker) + placed.loadNanos());
                if (worker != busiest && after < bestPeak && siblings(cells, placed.cell(), worker) == 0) {
                    bestPeak = after;
                    best = new Move(placed.cell(), worker);
                }
            }
        }
        return best;
    }

    /** Other layers of the cell's region at this worker. */
    private static int siblings(List<Placed> cells, CellId cell, int worker) {
        int found = 0;
        for (Placed placed : cells) {
            if (placed.worker() == worker
                    && placed.cell().region().equals(cell.region())
                    && placed.cell().layer() != cell.layer()) {
                found++;
            }
        }
        return found;
    }

    private static long load(List<Placed> cells, int worker) {
        long total = 0;
        for (Placed placed : cells) {
            total += placed.worker() == worker ? placed.loadNanos() : 0;
        }
        return total;
    }

    private static int count(List<Placed> cells, int worker) {
        int found = 0;
        for (Placed placed : cells) {
            found += placed.worker() == worker ? 1 : 0;
        }
        return found;
    }
}
