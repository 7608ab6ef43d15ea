package dev.terrane.server.world;

import dev.terrane.base.CellId;
import dev.terrane.protocol.cluster.Admission;
import dev.terrane.protocol.cluster.CellInput;
import dev.terrane.protocol.cluster.CellPort;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Tells cells that their facts are durable. One whose inbox is full is told again later: a cell that takes nothing on before it has heard would wait for ever,
 * because it hands out nothing more that could bring it other news. One thread.
 */
final class StoredNews {
    private final CellPort cells;
    /** Of each cell the latest: it covers those before. */
    private final SortedMap<CellId, News> untold = new TreeMap<>();

    private record News(long epoch, long tick) {}

    StoredNews(CellPort cells) {
        this.cells = cells;
    }

    void tell(CellId cell, long epoch, long tick) {
        // Whoever is gone or has another epoch by now waits for nothing of this one.
        if (cells.offer(cell, epoch, new CellInput.FactsStored(tick)) == Admission.FULL) {
            untold.put(cell, new News(epoch, tick));
        } else {
            untold.remove(cell);
        }
    }

    /** Tries again; true while somebody is still to be told. */
    boolean retry() {
        new TreeMap<>(untold).forEach((cell, news) -> tell(cell, news.epoch, news.tick));
        return !untold.isEmpty();
    }
}
