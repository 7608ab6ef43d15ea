package dev.terrane.server.world;

import dev.terrane.base.CellId;
import dev.terrane.base.RegionId;
import dev.terrane.base.WorldId;
import dev.terrane.cell.Cell;
import dev.terrane.cell.CellImage;
import dev.terrane.cell.ImageDraft;
import dev.terrane.protocol.cluster.Admission;
import dev.terrane.protocol.cluster.CellInput;
import dev.terrane.protocol.cluster.CellOutput;
import dev.terrane.protocol.cluster.CellPort;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What splits and merges need of the world. Belongs to the governor's thread; whatever waits for the store runs on job threads. */
final class LayerTools {
    private final WorldSetup setup;
    private final Seats seats;
    private final Herald herald;
    private final CellMaker maker;
    private final Checkpointer checkpointer;
    private final SeatMaker seatMaker;
    private final Map<CellId, Future<?>> images = new TreeMap<>();

    /** Makes a seat whose failures are known to the restarter, and asks its cell for images from time to time. */
    interface SeatMaker {
        CellSeat make(CellId cell);

        Future<?> keepImages(CellSeat seat);
    }

    LayerTools(
            WorldSetup setup,
            Seats seats,
            Herald herald,
            CellMaker maker,
            Checkpointer checkpointer,
            SeatMaker seatMaker) {
        this.setup = setup;
        this.seats = seats;
        this.herald = herald;
        this.maker = maker;
        this.checkpointer = checkpointer;
        this.seatMaker = seatMaker;
    }

    WorldId world() {
        return new WorldId(setup.world().map().world());
    }

    long nanos() {
        return setup.runtime().clock().nanos();
    }

    /** Grants and opens a layer on a job thread. */
    CompletableFuture<Cell> wake(CellId cell) {
        if (seats.get(cell) != null) {
            // It has fallen and is restarted by somebody else: a second grant would fence that one's images off.
            return CompletableFuture.failedFuture(new IllegalStateException(cell + " is restarting"));
        }
        return CompletableFuture.supplyAsync(
                () -> maker.wake(cell), setup.runtime().jobs());
    }

    /** Gives the cell a seat where it disturbs least, and tells everybody who has to know. */
    void seat(Cell cell, Governor governor) {
        CellSeat seat = seatMaker.make(cell.id());
        herald.brief(cell);
        cell.requestImage();
        seat.seat(cell);
        WorkerLoop worker = governor.emptiest(cell.id());
        seats.add(seat);
        images.put(cell.id(), seatMaker.keepImages(seat));
        announce(cell.id().region());
        setup.gateways().all().accept(new CellOutput.CellUp(cell.id(), cell.epoch()));
        seat.moveTo(worker);
    }

    /** All layers of the region as they are now, and where newcomers go. */
    void announce(RegionId region) {
        herald.layers(region);
        herald.deliver(region);
    }

    /** The layer for whoever comes into the region, as it was announced. Any thread. */
    int entrance(RegionId region) {
        return herald.entrance(region);
    }

    /** Whether everybody has heard what was announced of this region. */
    boolean heard(RegionId region) {
        return herald.deliver(region);
    }

    @Nullable
    Cell cell(CellId id) {
        CellSeat seat = seats.get(id);
        return seat == null ? null : seat.cell();
    }

    /** False when it has no room; then ask again. */
    boolean tell(Cell cell, CellInput message) {
        return cell.offer(CellPort.ANY_EPOCH, message) == Admission.ACCEPTED;
    }

    /** All cells store their state soon: a layer is drained when it is stored elsewhere what came from it. */
    void requestImages() {
        for (CellSeat seat : seats.all()) {
            Cell cell = seat.cell();
            if (cell != null) {
                cell.requestImage();
            }
        }
    }

    /** Whether the last image of a sealed cell is in the store; sees to it that it will be. */
    boolean stored(Cell sealed, boolean again) {
        CellImage stored = checkpointer.lastStored(sealed.id());
        boolean done = stored != null && stored.epoch() == sealed.epoch() && stored.tick() == sealed.lastTick();
        if (!done && again) {
            checkpointer.submit(ImageDraft.of(sealed.image()), (cell, epoch, message) -> Admission.SEALED);
        }
        return done;
    }

    /** The layer is no more; its last image stays, because its numbers go on should it be opened again. */
    void takeAway(Cell sealed) {
        CellId cell = sealed.id();
        long epoch = sealed.epoch();
        seats.remove(cell);
        Future<?> asking = images.remove(cell);
        if (asking != null) {
            asking.cancel(false);
        }
        announce(cell.region());
        setup.runtime().jobs().schedule(() -> maker.release(cell, epoch), 0, TimeUnit.MILLISECONDS);
    }
}
