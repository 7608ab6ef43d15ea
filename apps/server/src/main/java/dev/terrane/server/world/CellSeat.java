package dev.terrane.server.world;

import dev.terrane.base.CellId;
import dev.terrane.base.Clock;
import dev.terrane.cell.Cell;
import dev.terrane.cell.CellFailedException;
import dev.terrane.protocol.cluster.Admission;
import dev.terrane.protocol.cluster.CellInput;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A place where a cell sits: the cell itself may die and be followed by its own restored past, the seat stays.
 *
 * <pre>
 *   EMPTY ──seat──► RUNNING ──tick throws──► EMPTY (restart is asked for)
 * </pre>
 *
 * <p>{@link #tick} belongs to the worker, {@link #seat} to whoever restarts; {@link #offer} to anybody.
 */
final class CellSeat {
    private static final Logger LOG = LoggerFactory.getLogger(CellSeat.class);

    private final CellId id;
    private final Clock clock;
    private final LoadWatch load;
    private final Consumer<CellSeat> onFailure;
    private volatile @Nullable Cell cell;

    /** @param onFailure called by the worker when the cell died; must not block */
    CellSeat(CellId id, Clock clock, LoadWatch load, Consumer<CellSeat> onFailure) {
        this.id = id;
        this.clock = clock;
        this.load = load;
        this.onFailure = onFailure;
    }

    CellId id() {
        return id;
    }

    /** Who sits here now, or null while it restarts. Any thread. */
    @Nullable
    Cell cell() {
        return cell;
    }

    void seat(Cell newCell) {
        cell = newCell;
    }

    Admission offer(long epoch, CellInput message) {
        Cell seated = cell;
        return seated == null ? Admission.SEALED : seated.offer(epoch, message);
    }

    void tick(long tick, long simulatedAtMillis) {
        Cell seated = cell;
        if (seated == null || seated.phase() != Cell.Phase.RUNNING || tick <= seated.lastTick()) {
            return;
        }
        long startNanos = clock.nanos();
        try {
            seated.tick(tick, simulatedAtMillis);
            load.ticked(tick, clock.nanos() - startNanos, seated.entityCount());
        } catch (CellFailedException failure) {
            cell = null;
            LOG.atError()
                    .setCause(failure.getCause())
                    .addKeyValue("world", id.world())
                    .addKeyValue("cell", id)
                    .addKeyValue("epoch", failure.epoch())
                    .addKeyValue("tick", failure.tick())
                    .log("{}", failure.getMessage());
            onFailure.accept(this);
        }
    }
}
