package dev.terrane.server.world;

import dev.terrane.base.CellId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How far effects have come before they are durable: whoever is handed over takes along what was done to him.
 *
 * <pre>
 *   facts 7 of A ─► hand-off A ► B ─► hand-off B ► C      holders of facts 7: A, B, C
 * </pre>
 *
 * <p>It knows cells, not entities: whoever took anything over from a cell after its facts counts as a holder of them. Any thread; never blocks for longer than a look
 * into a map.
 */
final class Spread {
    private final Map<CellId, Row> rows = new TreeMap<>();
    private long lastNumber;

    /** A cell under an epoch. */
    record Holder(CellId cell, long epoch) {}

    /** Of each cell the number of its latest facts that may have come here. */
    private static final class Row {
        private final long epoch;
        private final Map<CellId, Long> latest = new HashMap<>();

        private Row(long epoch) {
            this.epoch = epoch;
        }
    }

    /** Facts of a tick of this cell follow. Returns their number, which rises. */
    synchronized long facts(CellId cell, long epoch) {
        lastNumber++;
        Row row = row(cell, epoch);
        if (row != null) {
            row.latest.put(cell, lastNumber);
        }
        return lastNumber;
    }

    /** Before the other can see it. */
    synchronized void handedOver(CellId from, long fromEpoch, CellId to, long toEpoch) {
        Row source = rows.get(from);
        if (source == null || source.epoch != fromEpoch) {
            return; // nothing of it was ever handed out
        }
        Row target = row(to, toEpoch);
        if (target != null) {
            source.latest.forEach((cell, number) -> target.latest.merge(cell, number, Math::max));
        }
    }

    /** Null when the epoch is over. A cell that starts again holds nothing but what is durable. */
    private @Nullable Row row(CellId cell, long epoch) {
        Row row = rows.get(cell);
        if (row == null || row.epoch < epoch) {
            row = new Row(epoch);
            rows.put(cell, row);
        }
        return row.epoch == epoch ? row : null;
    }

    /** Whether the cell may hold effects of one of these facts of other cells. @param numbers the lowest of each cell */
    synchronized boolean holds(CellId cell, Map<CellId, Long> numbers) {
        Row row = rows.get(cell);
        if (row == null || row.latest.size() < 2) {
            return false; // nothing of others ever came
        }
        for (Map.Entry<CellId, Long> each : row.latest.entrySet()) {
            Long number = each.getKey().equals(cell) ? null : numbers.get(each.getKey());
            if (number != null && each.getValue() >= number) {
                return true;
            }
        }
        return false;
    }

    /** Who may hold effects of these facts or later ones of the cell, but for itself; in the order of cells. */
    synchronized List<Holder> holders(CellId cell, long number) {
        List<Holder> found = new ArrayList<>();
        rows.forEach((holder, row) -> {
            if (!holder.equals(cell) && row.latest.getOrDefault(cell, 0L) >= number) {
                found.add(new Holder(holder, row.epoch));
            }
        });
        return found;
    }
}
