package dev.terrane.simulation.books;

import dev.terrane.base.CellId;
import dev.terrane.base.RegionId;
import dev.terrane.base.WorldId;
import dev.terrane.command.CellKey;
import dev.terrane.command.CommandResult;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Where each cell runs, as everybody believes. Each cell is a world of its own, so that one restarts without the other. */
final class Directory {
    private final BooksRun run;
    private final List<CellId> cells = new ArrayList<>();
    private final SortedMap<CellId, Place> places = new TreeMap<>();

    record Place(SimNode node, int life, long epoch) {
        boolean stands() {
            return node.isAlive() && node.life() == life;
        }
    }

    Directory(BooksRun run, int cellCount) {
        this.run = run;
        for (int i = 0; i < cellCount; i++) {
            cells.add(new CellId(new WorldId("world" + i), new RegionId(i, 0), 0));
        }
    }

    List<CellId> cells() {
        return cells;
    }

    @Nullable
    Place place(CellId cell) {
        return places.get(cell);
    }

    /** -1: it does not run. */
    long epoch(CellId cell) {
        Place place = places.get(cell);
        return place == null ? -1 : place.epoch;
    }

    void up(CellId cell, SimNode node, long epoch) {
        if (epoch > epoch(cell)) {
            places.put(cell, new Place(node, node.life(), epoch));
            tellAll(cell, epoch - 1);
        }
    }

    void down(CellId cell, long epoch) {
        if (epoch(cell) == epoch) {
            places.remove(cell);
        }
        tellAll(cell, epoch);
    }

    private void tellAll(CellId cell, long epoch) {
        for (SimNode node : run.nodes) {
            run.time.in(run.time.someMillis(5), () -> node.soon(() -> node.carrier.failed(cell, epoch, null)));
        }
    }

    /** Null: nobody has it. */
    @Nullable
    CellId find(String key) {
        return CellKey.parse(key).orElse(null) instanceof CellKey.OfRegion of
                ? cells.stream()
                        .filter(cell -> cell.region().equals(of.region()))
                        .findFirst()
                        .orElse(null)
                : null;
    }

    /** Null: somebody may carry it out. */
    CommandResult.@Nullable Refused refusal(String key) {
        return find(key) == null ? new CommandResult.Refused("NOT_IN_WORLD", "nobody here is " + key) : null;
    }
}
