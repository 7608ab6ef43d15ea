package dev.terrane.steward;

import dev.terrane.base.CellId;
import dev.terrane.base.NodeId;
import dev.terrane.coordinator.CoordinatorState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where cells are to be. Pure: the same state and the same loads give the same seats. */
@FunctionalInterface
public interface Seating {
    /**
     * What should change.
     *
     * @param unowned cells that somebody has to take, in order; there is no whole copy of them
     */
    Seats seats(CoordinatorState state, List<CellId> unowned);

    /** Takes cells that nobody has. */
    record Seat(CellId cell, NodeId owner) {}

    /** Who keeps a cell's copy from now on. @param node null: nobody */
    record Copy(CellId cell, @Nullable NodeId node) {}

    /** Moves a cell to where its copy is or will be. */
    record Move(CellId cell, NodeId to) {}

    /** What should change, the most urgent first. */
    record Seats(List<Seat> owners, List<Copy> standbys, List<Move> moves) {
        public static final Seats NONE = new Seats(List.of(), List.of(), List.of());

        public Seats {
            owners = List.copyOf(owners);
            standbys = List.copyOf(standbys);
            moves = List.copyOf(moves);
        }
    }
}
