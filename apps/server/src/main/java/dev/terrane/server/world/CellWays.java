package dev.terrane.server.world;

import dev.terrane.base.CellId;
import dev.terrane.cell.Cell;
import dev.terrane.protocol.cluster.Admission;
import dev.terrane.protocol.cluster.CellInput;
import dev.terrane.protocol.cluster.CellPort;

/** The way from cell to cell. What is handed over is noted before the other has it: it takes along what is not durable yet. */
final class CellWays implements CellPort {
    private final Seats seats;
    private final Spread spread;
    private final CellPort elsewhere;

    /** @param elsewhere the way to cells that have no seat here */
    CellWays(Seats seats, Spread spread, CellPort elsewhere) {
        this.seats = seats;
        this.spread = spread;
        this.elsewhere = elsewhere;
    }

    @Override
    public Admission offer(CellId to, long epoch, CellInput message) {
        CellSeat seat = seats.get(to);
        if (seat == null) {
            return elsewhere.offer(to, epoch, message);
        }
        Cell seated = seat.cell();
        if (seated == null) {
            return Admission.SEALED;
        }
        if (message instanceof CellInput.HandoffOffer offer) {
            spread.handedOver(offer.source(), offer.senderEpoch(), to, seated.epoch());
        }
        return seat.frozen()
                ? Admission.SEALED
                : seated.offer(
                        epoch, message); // to the very cell that was noted, and not to the one that may follow it
    }
}
