package dev.terrane.server.world;

import dev.terrane.base.CellId;
import dev.terrane.protocol.cluster.Admission;
import dev.terrane.protocol.cluster.CellInput;
import dev.terrane.protocol.cluster.CellPort;

/** Finds the seat of a cell. Any thread. */
final class CellRouter implements CellPort {
    private final Seats seats;

    CellRouter(Seats seats) {
        this.seats = seats;
    }

    @Override
    public Admission offer(CellId cell, long epoch, CellInput message) {
        CellSeat seat = seats.get(cell);
        return seat == null ? Admission.UNKNOWN : seat.offer(epoch, message);
    }
}
