package dev.terrane.server.world;

import dev.terrane.base.Meters;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The supervisor's eye on the workers (R10): says which one hangs, in which cell and where in the code, and lets another thread go on with its other cells.
 *
 * <p>A thread that hangs cannot be stopped safely, because its cell may still write: that cell stays with it. When the thread comes back, its cell goes on
 * with the worker that took over, or is restarted if it threw. Called by the supervising thread, several times a second.
 */
final class WorkerWatch {
    /** With a look every {@link Governor#STEP_MILLIS} a stall is seen within two seconds (R10). */
    private static final long SILENCE_NANOS_MAX = TimeUnit.MILLISECONDS.toNanos(1_500);

    private static final int FRAMES_SHOWN = 12;

    private static final Logger LOG = LoggerFactory.getLogger(WorkerWatch.class);

    private final Workers workers;
    private final Meters.Count stalls;

    WorkerWatch(String world, Workers workers, Meters meters) {
        this.workers = workers;
        this.stalls = meters.count("worker_stalls", "world", world);
    }

    void look() {
        for (WorkerLoop worker : workers.loops()) {
            if (worker.silenceNanos() > SILENCE_NANOS_MAX) {
                CellSeat at = worker.at();
                if (at != null) {
                    stalls.one();
                    report(worker, at);
                    workers.replace(worker);
                }
            }
        }
        for (WorkerLoop worker : workers.stuck()) {
            if (!worker.thread().isAlive()) {
                workers.forget(worker);
                LOG.atInfo().addKeyValue("worker", worker.name()).log("the stalled worker came back; its cell goes on");
            }
        }
    }

    private static void report(WorkerLoop worker, CellSeat at) {
        LOG.atError()
                .addKeyValue("world", at.id().world())
                .addKeyValue("worker", worker.name())
                .addKeyValue("cell", at.id())
                .addKeyValue("tick", worker.tick())
                .log(
                        "no heartbeat for {} ms: cell {} holds its worker; the worker's other cells go on with another thread. It stands in:\n{}",
                        worker.silenceNanos() / 1_000_000,
                        at.id(),
                        stack(worker));
    }

    private static String stack(WorkerLoop worker) {
        return Stream.of(worker.thread().stack())
                .limit(FRAMES_SHOWN)
                .map(frame -> "    at " + frame)
                .collect(Collectors.joining("\n"));
    }
}
