package dev.terrane.server.world;

import dev.terrane.base.Meters;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The threads that tick a world: as many as configured, and besides them those that are stuck in a cell and have been replaced.
 *
 * <p>Changed by one supervising thread; any thread reads.
 */
final class Workers {
    private static final long SILENCE_NANOS_MAX = TimeUnit.SECONDS.toNanos(2);

    private final String world;
    private final WorldClock clock;
    private final Seats seats;
    private final Pressure pressure;
    private final Runnable afterRound;
    private final Meters meters;
    private final List<WorkerLoop> loops = new CopyOnWriteArrayList<>();
    private final List<WorkerLoop> stuck = new CopyOnWriteArrayList<>();
    private int replacedCount;

    /** @param afterRound see {@link WorkerLoop} */
    Workers(String world, WorldClock clock, Seats seats, Pressure pressure, Runnable afterRound, Meters meters) {
        this.world = world;
        this.clock = clock;
        this.seats = seats;
        this.pressure = pressure;
        this.afterRound = afterRound;
        this.meters = meters;
    }

    void open(int count) {
        for (int i = 0; i < count; i++) {
            loops.add(loop("world-" + world + "-" + i));
        }
        meters.gauge("workers_stalled", stuck::size, "world", world);
    }

    void start() {
        loops.forEach(WorkerLoop::start);
    }

    private WorkerLoop loop(String name) {
        return new WorkerLoop(name, clock, seats, pressure, afterRound, meters);
    }

    /** Those that tick, by number. */
    List<WorkerLoop> loops() {
        return loops;
    }

    int number(WorkerLoop worker) {
        return loops.indexOf(worker);
    }

    /** Those that are stuck. */
    List<WorkerLoop> stuck() {
        return stuck;
    }

    /** Another thread takes over the seats of a worker that hangs in one of them; that one follows when the worker is through with it. */
    WorkerLoop replace(WorkerLoop silent) {
        WorkerLoop fresh = loop(silent.name().replaceAll("'\\d+$", "") + "'" + ++replacedCount);
        loops.set(loops.indexOf(silent), fresh);
        fresh.start();
        silent.retire();
        for (CellSeat seat : seats.all()) {
            if (seat.worker() == silent) {
                seat.moveTo(fresh);
            }
        }
        stuck.add(silent); // only now: the seats that it still holds are those that cannot be moved
        return fresh;
    }

    /** A stuck worker came back and ended. */
    void forget(WorkerLoop ended) {
        stuck.remove(ended);
        for (CellSeat seat : seats.all()) {
            if (seat.worker() == ended) {
                seat.moveTo(loops.getFirst()); // it slipped through while the worker was replaced
            }
        }
    }

    /** Whether the cell of this seat is held by a thread that hangs in it. */
    boolean holds(CellSeat seat) {
        return stuck.contains(seat.worker());
    }

    /** Whether a worker shows no life, though nobody has replaced it yet. */
    boolean silent(@Nullable WorkerLoop worker) {
        return worker == null || worker.silenceNanos() > SILENCE_NANOS_MAX;
    }

    void stop(long millisMax) {
        loops.forEach(WorkerLoop::retire);
        for (WorkerLoop worker : loops) {
            try {
                worker.stop(millisMax);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
