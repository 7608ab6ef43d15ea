package dev.terrane.simulation.books;

import dev.terrane.base.CellId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Sees to it that each cell runs somewhere. Now and then it takes a living owner for dead: then two believe that they are the owner. */
final class Steward {
    private static final long PATIENCE_NANOS = 1_000 * SimTime.MILLI;

    private final BooksRun run;
    /** Until when an opening may last before another is tried. */
    private final Map<CellId, Long> openings = new HashMap<>();

    Steward(BooksRun run) {
        this.run = run;
    }

    void look() {
        for (CellId cell : run.directory.cells()) {
            Directory.Place place = run.directory.place(cell);
            boolean mistaken = place != null && run.time.rng.chance(run.faults.moves() / 10);
            if (openings.getOrDefault(cell, 0L) > run.time.nanos()) {
                continue;
            }
            if (place == null || mistaken) {
                open(cell);
            }
        }
    }

    private void open(CellId cell) {
        List<SimNode> awake = run.nodes.stream().filter(SimNode::isAwake).toList();
        if (!awake.isEmpty()) {
            SimNode node = awake.get(run.time.rng.nextInt(awake.size()));
            openings.put(cell, run.time.nanos() + PATIENCE_NANOS);
            node.soon(() -> node.house.open(cell, () -> openings.remove(cell)));
        }
    }
}
