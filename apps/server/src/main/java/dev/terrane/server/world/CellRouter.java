package dev.terrane.server.world;

import dev.terrane.base.CellId;
import dev.terrane.protocol.cluster.Admission;
import dev.terrane.protocol.cluster.CellInput;
import dev.terrane.protocol.cluster.CellPort;
import java.util.Map;

/** Finds the seat of a cell. Immutable; any thread. */
final class CellRouter implements CellPort {
    private final Map<CellId, CellSeat> seats;

    CellRouter(Map<CellId, CellSeat> seats) {
        this.seats = Map.copyOf(seats);
    }

    @Override
    public Admission offer(CellId cell, long epoch, CellInput message) {
        CellSeat seat = seats.get(cell);
        return seat == null ? Admission.UNKNOWN : seat.offer(epoch, message);
    }
}
