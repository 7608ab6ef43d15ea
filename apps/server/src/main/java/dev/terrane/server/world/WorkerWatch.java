package dev.terrane.server.world;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The supervisor's eye on the workers (R10): reads their heartbeats once a second and says which one is stuck, and where.
 *
 * <p>Called by a job thread. A stuck thread cannot be restarted safely, because its cell may still write; what it stands in is what the operator has to know.
 */
final class WorkerWatch implements Runnable {
    private static final long SILENCE_NANOS_MAX = TimeUnit.SECONDS.toNanos(2);
    private static final int FRAMES_SHOWN = 12;

    private static final Logger LOG = LoggerFactory.getLogger(WorkerWatch.class);

    private final List<WorkerLoop> workers;
    private final boolean[] stuck;

    WorkerWatch(List<WorkerLoop> workers) {
        this.workers = workers;
        this.stuck = new boolean[workers.size()];
    }

    @Override
    public void run() {
        for (int i = 0; i < stuck.length; i++) {
            WorkerLoop worker = workers.get(i);
            boolean silent = worker.silenceNanos() > SILENCE_NANOS_MAX;
            if (silent && !stuck[i]) {
                LOG.atError()
                        .addKeyValue("worker", worker.thread().getName())
                        .addKeyValue("tickCount", worker.tickCount())
                        .log(
                                "no heartbeat for {} ms; it stands in:\n{}",
                                worker.silenceNanos() / 1_000_000,
                                stack(worker));
            } else if (!silent && stuck[i]) {
                LOG.atInfo().addKeyValue("worker", worker.thread().getName()).log("the heartbeat is back");
            }
            stuck[i] = silent;
        }
    }

    private static String stack(WorkerLoop worker) {
        return Stream.of(worker.thread().getStackTrace())
                .limit(FRAMES_SHOWN)
                .map(frame -> "    at " + frame)
                .collect(Collectors.joining("\n"));
    }
}
