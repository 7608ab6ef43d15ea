package dev.terrane.bench.load;

import dev.terrane.bench.load.os.Cores;
import dev.terrane.postgres.DatabaseAddress;
import dev.terrane.postgres.LocalPostgres;
import java.nio.file.Path;
import java.util.List;

/**
 * What all runs share: pinned cores, a database that does not disturb, the server's JVM flags.
 *
 * @param jvm flags of the server's process, and of the floor's
 * @param goesFirst whether everything else on the machine has to wait
 */
record Laboratory(Cores cores, List<String> jvm, LocalPostgres postgres, Progress progress, boolean goesFirst)
        implements AutoCloseable {

    /** Told what happens, for a person who waits. */
    @FunctionalInterface
    interface Progress {
        void say(String line);
    }

    static Laboratory open(Cores cores, List<String> jvm, Path data, Progress progress, boolean goesFirst) {
        if (goesFirst) {
            Cores.goFirst();
        }
        cores.leaveServerAlone();
        return new Laboratory(cores, jvm, LocalPostgres.start(data, progress::say), progress, goesFirst);
    }

    DatabaseAddress database() {
        return postgres.address();
    }

    @Override
    public void close() {
        postgres.close();
    }
}
