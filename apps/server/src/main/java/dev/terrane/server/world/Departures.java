package dev.terrane.server.world;

import dev.terrane.base.CellId;
import dev.terrane.base.Clock;
import dev.terrane.cell.Cell;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cells that have frozen here, to go on elsewhere. Nobody plays in them until the log has decided, so it is asked until the map shows an answer.
 *
 * <pre>
 *   frozen ─► its standby has the last tick ─► to be finished ─┐
 *      ├─ it cannot get it: the stream broke                   ├─ asked again every {@link #AGAIN_MILLIS}, until the map says something else
 *      └─ nothing decided for {@link #PATIENCE_NANOS} ─► to be called off ─┘
 * </pre>
 *
 * <p>Both may be asked: what comes first into the log holds, and the other is refused there. A cell never goes on by itself: the log may have decided that it goes on elsewhere.
 *
 * <p>Any thread.
 */
final class Departures {
    /** An entry takes some milliseconds; a lost leader is followed within some hundred. */
    static final long AGAIN_MILLIS = 200;
    /** Longer than the log is without a leader, usually: then the move would only have to begin anew. */
    static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final Logger LOG = LoggerFactory.getLogger(Departures.class);

    private final ClusterWorld.Surroundings around;
    private final Clock clock;
    private final ScheduledExecutorService jobs;
    private final Frozen frozen;
    private final Map<CellId, Departure> open = new ConcurrentHashMap<>();

    /** What the map and the seat say. Any thread. */
    @FunctionalInterface
    interface Frozen {
        /** Whether the cell stands still here under this epoch, and the log has not decided. */
        boolean isFrozen(CellId cell, long epoch);
    }

    /** One freeze. */
    private static final class Departure {
        private final CellId cell;
        private final long epoch;
        private final long sinceNanos;
        private volatile boolean stable;
        private volatile boolean broken;

        private Departure(CellId cell, long epoch, long sinceNanos) {
            this.cell = cell;
            this.epoch = epoch;
            this.sinceNanos = sinceNanos;
        }
    }

    Departures(ClusterWorld.Surroundings around, WorldSetup.Runtime runtime, Frozen frozen) {
        this.around = around;
        this.clock = runtime.clock();
        this.jobs = runtime.jobs();
        this.frozen = frozen;
    }

    /** Right after its last tick here: there is a whole tick's time to go on elsewhere before the next one is due. On the ticking thread. */
    void frozen(Cell cell) {
        Departure departure = new Departure(cell.id(), cell.epoch(), clock.nanos());
        open.put(cell.id(), departure);
        around.standbys()
                .whenStable(
                        cell.id(),
                        cell.epoch(),
                        cell.lastTick(),
                        () -> {
                            departure.stable = true;
                            ask(departure);
                        },
                        () -> {
                            departure.broken = true;
                            ask(departure);
                        });
        later(departure);
    }

    /** It goes on, here or elsewhere. */
    void over(CellId cell) {
        open.remove(cell);
    }

    private void later(Departure departure) {
        jobs.schedule(
                () -> {
                    if (!frozen.isFrozen(departure.cell, departure.epoch)) {
                        open.remove(departure.cell, departure);
                    } else if (open.get(departure.cell) == departure) {
                        ask(departure);
                        later(departure);
                    }
                },
                AGAIN_MILLIS,
                TimeUnit.MILLISECONDS);
    }

    private void ask(Departure departure) {
        if (open.get(departure.cell) != departure || !frozen.isFrozen(departure.cell, departure.epoch)) {
            return; // an entry that comes late could end another move
        }
        if (departure.stable) {
            around.log().finishMove(departure.cell, departure.epoch);
        }
        if (departure.broken || clock.nanos() - departure.sinceNanos >= PATIENCE_NANOS) {
            LOG.atWarn()
                    .addKeyValue("cell", departure.cell)
                    .addKeyValue("epoch", departure.epoch)
                    .log(
                            departure.broken
                                    ? "the stream to its next node broke when it stood still: calls the move off"
                                    : "nothing has been decided since it stands still: calls the move off");
            around.log().callOff(departure.cell, departure.epoch);
        }
    }
}
