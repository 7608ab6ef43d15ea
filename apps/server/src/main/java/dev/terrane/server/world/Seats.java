package dev.terrane.server.world;

import dev.terrane.base.CellId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The seats of a world: layers come and go. Any thread reads; changes wait for each other. */
final class Seats {
    /** Both views of one state, so that a reader never sees half a change. */
    private record View(Map<CellId, CellSeat> byCell, CellSeat[] all) {}

    private volatile boolean mayTick = true;
    private volatile View view = new View(Map.of(), new CellSeat[0]);

    synchronized void add(CellSeat seat) {
        TreeMap<CellId, CellSeat> next = new TreeMap<>(view.byCell);
        if (next.put(seat.id(), seat) != null) {
            throw new IllegalStateException("cell " + seat.id() + " has a seat already");
        }
        publish(next);
    }

    synchronized void remove(CellId cell) {
        TreeMap<CellId, CellSeat> next = new TreeMap<>(view.byCell);
        next.remove(cell);
        publish(next);
    }

    private void publish(TreeMap<CellId, CellSeat> next) {
        view = new View(Map.copyOf(next), next.values().toArray(CellSeat[]::new));
    }

    @Nullable
    CellSeat get(CellId cell) {
        return view.byCell.get(cell);
    }

    /** Whether anybody ticks at all. */
    boolean mayTick() {
        return mayTick;
    }

    void mayTick(boolean allowed) {
        mayTick = allowed;
    }

    /** In the order of their cells, as of now. */
    List<CellSeat> list() {
        return List.of(view.all);
    }

    /** As of now; not to be changed. Allocates nothing. */
    CellSeat[] all() {
        return view.all;
    }
}
