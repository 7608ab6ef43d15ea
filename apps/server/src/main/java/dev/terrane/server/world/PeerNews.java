package dev.terrane.server.world;

import dev.terrane.base.CellId;
import dev.terrane.base.NodeId;
import dev.terrane.base.WorldId;
import dev.terrane.cell.Cell;
import dev.terrane.coordinator.ClusterMap;
import dev.terrane.coordinator.Tenure;
import dev.terrane.protocol.cluster.Admission;
import dev.terrane.protocol.cluster.CellInput;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells the cells of this node what the map says of others: who starts anew, who goes on elsewhere, whose gateways are gone. What finds no room is told later, in order. Guarded by itself. */
final class PeerNews {
    private final WorldId world;
    private final Seats seats;
    private final Map<CellId, Tenure> known = new HashMap<>();
    /** Of each cell here what it has not been told. */
    private final Map<CellId, Ear> ears = new HashMap<>();

    /** A cell that starts again under a new epoch is briefed anew. */
    private record Ear(long epoch, Deque<CellInput> untold) {}

    PeerNews(WorldId world, Seats seats) {
        this.world = world;
        this.seats = seats;
    }

    synchronized void follow(ClusterMap map, NodeId self) {
        for (Tenure tenure : map.cells()) {
            if (!tenure.cell().world().equals(world)) {
                continue;
            }
            Tenure before = known.put(tenure.cell(), tenure);
            if (before != null && tenure.epoch() > before.epoch()) {
                tellAll(tenure.cell(), news(before, tenure));
            } else if (before == null && beginsNow(tenure)) {
                // Whoever starts it looks for images of ours that know of that.
                tellAll(tenure.cell(), new CellInput.PeerRestarting(tenure.cell(), tenure.epoch()));
            }
        }
    }

    private static boolean beginsNow(Tenure tenure) {
        return tenure.epoch() > 0 && tenure.begunEpoch() == tenure.epoch();
    }

    private static CellInput news(Tenure before, Tenure now) {
        return now.begunEpoch() > before.epoch()
                ? new CellInput.PeerRestarting(now.cell(), now.epoch())
                : new CellInput.PeerContinues(now.cell(), now.epoch());
    }

    synchronized void gatewaysGone(int number, int count) {
        for (int gateway = number; gateway < number + count; gateway++) {
            tellAll(null, new CellInput.GatewayGone(gateway));
        }
    }

    private void tellAll(@Nullable CellId about, CellInput message) {
        for (CellSeat seat : seats.all()) {
            Cell cell = seat.cell();
            if (cell != null && !cell.id().equals(about)) {
                ear(cell).untold.add(message);
            }
        }
    }

    private Ear ear(Cell cell) {
        Ear ear = ears.get(cell.id());
        if (ear == null || ear.epoch < cell.epoch()) {
            ear = new Ear(cell.epoch(), new ArrayDeque<>());
            ears.put(cell.id(), ear);
        }
        return ear;
    }

    /** A cell that is about to be seated may have been planned with an older map: it hears what is known by now. */
    synchronized void brief(Cell cell) {
        Ear ear = ear(cell);
        known.forEach((id, tenure) -> {
            if (!id.equals(cell.id()) && beginsNow(tenure)) {
                ear.untold.add(new CellInput.PeerRestarting(id, tenure.epoch()));
            }
        });
    }

    /** Tells what there is room for. */
    synchronized void deliver() {
        for (CellSeat seat : seats.all()) {
            Cell cell = seat.cell();
            if (cell != null) {
                deliver(cell, ear(cell));
            }
        }
    }

    private static void deliver(Cell cell, Ear ear) {
        while (!ear.untold.isEmpty()) {
            Admission told = cell.offer(cell.epoch(), ear.untold.element());
            if (told == Admission.FULL) {
                return;
            }
            ear.untold.remove(); // taken, or the cell is no more
        }
    }
}
