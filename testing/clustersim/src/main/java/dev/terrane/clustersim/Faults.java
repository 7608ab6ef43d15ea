package dev.terrane.clustersim;

import dev.terrane.base.NodeId;
import dev.terrane.checkpoint.StoreUnavailableException;
import dev.terrane.clustersim.time.Host;
import dev.terrane.server.logging.Logging;
import org.jspecify.annotations.Nullable;

/** The server's own log, as part of the history: an error in it is a bug of the run, unless its host is no more. */
final class Faults {
    private static volatile @Nullable ClusterRun hearing;
    private static volatile String level = "";

    private Faults() {}

    /** Once per process, before the first run. */
    static synchronized void listen(boolean all) {
        String wanted = all ? "info" : "error";
        if (!level.equals(wanted)) {
            level = wanted;
            Logging.tell(wanted, Faults::heard);
        }
    }

    /** Unless somebody listens already. */
    static synchronized void listen() {
        if (level.isEmpty()) {
            listen(false);
        }
    }

    static void hearBy(ClusterRun run) {
        hearing = run;
    }

    static void hearNobody() {
        hearing = null;
    }

    private static void heard(boolean isError, String line) {
        ClusterRun run = hearing;
        Host host = run == null ? null : run.conductor().current();
        if (run == null || host == null || !host.isAlive()) {
            return;
        }
        run.say(new NodeId(host.name().substring(0, host.name().indexOf('/'))), line);
        if (isError && !line.contains(StoreUnavailableException.class.getName()) && !line.contains("trying again")) {
            run.complained(host, line);
        }
    }
}
