package dev.terrane.raft;

import dev.terrane.coordinator.CoordinatorLog;
import dev.terrane.coordinator.CoordinatorLogContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;

/** The contract of every log, kept by three real peers of Ratis' with real files. */
class RaftCoordinatorLogIT extends CoordinatorLogContract {
    @TempDir
    Path folder;

    @Override
    protected Trio trio(int snapshotEvery) {
        try {
            return new RatisTrio(Peers.peers(3), folder, snapshotEvery);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class RatisTrio implements Trio {
        private final RaftSettings[] settings = new RaftSettings[3];
        private final RaftCoordinatorLog[] logs = new RaftCoordinatorLog[3];

        private RatisTrio(List<CoordinatorPeer> peers, Path folder, int snapshotEvery) {
            for (int index = 0; index < 3; index++) {
                settings[index] = Peers.settings(peers, index, folder, snapshotEvery);
            }
            IntStream.range(0, 3).parallel().forEach(this::restart);
        }

        @Override
        public CoordinatorLog log(int index) {
            return logs[index];
        }

        @Override
        public void kill(int index) {
            logs[index].close();
        }

        @Override
        public void restart(int index) {
            logs[index] = RaftCoordinatorLog.open(settings[index], Peers.SEGMENT_BYTES);
        }

        @Override
        public void until(String what, BooleanSupplier holds) {
            Peers.until(what, holds);
        }

        @Override
        public void close() {
            Arrays.stream(logs).parallel().forEach(RaftCoordinatorLog::close);
        }
    }
}
