package dev.terrane.raft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.coordinator.CoordinatorLog.Proposed;
import dev.terrane.coordinator.CoordinatorState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three coordinators of which some are away. */
class RaftTroubleIT {
    @TempDir
    Path folder;

    private final RaftCoordinatorLog[] logs = new RaftCoordinatorLog[3];
    private List<CoordinatorPeer> peers;

    @BeforeEach
    void open() throws IOException {
        peers = Peers.peers(3);
        IntStream.range(0, 3).parallel().forEach(this::open);
    }

    @AfterEach
    void close() {
        Arrays.stream(logs).parallel().forEach(RaftCoordinatorLog::close);
    }

    private void open(int index) {
        logs[index] = RaftCoordinatorLog.open(Peers.settings(peers, index, folder, 30), Peers.SEGMENT_BYTES);
    }

    private int leader() {
        int[] leader = {-1};
        Peers.until("a leader", () -> {
            for (int index = 0; index < 3; index++) {
                if (logs[index].leadership().isHere()) {
                    leader[0] = index;
                }
            }
            return leader[0] >= 0;
        });
        return leader[0];
    }

    /** Names of snapshots in a coordinator's folder. */
    private List<String> snapshots(int index) {
        try (Stream<Path> files = Files.walk(folder.resolve("c" + index))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches("snapshot\\.\\d+_\\d+"))
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    @Test
    void whoIsFarBehindIsGivenTheLeadersSnapshot() {
        int leader = leader();
        int away = (leader + 1) % 3;
        logs[away].close();
        for (int i = 0; i < 200; i++) {
            Queue<Proposed> answers = new ConcurrentLinkedQueue<>();
            logs[leader].propose(RaftAloneIT.value("key" + i % 7, i), answers::add);
            Peers.until("an answer", () -> !answers.isEmpty());
        }
        assertThat(snapshots(away)).isEmpty();
        open(away);
        Peers.until("a snapshot arrives", () -> !snapshots(away).isEmpty());
        Peers.until(
                "the same state",
                () -> logs[away]
                        .<Long>read(CoordinatorState::hash)
                        .equals(logs[leader].<Long>read(CoordinatorState::hash)));
        // What it was given is its own now.
        logs[away].close();
        open(away);
        Peers.until(
                "the same state again",
                () -> logs[away]
                        .<Long>read(CoordinatorState::hash)
                        .equals(logs[leader].<Long>read(CoordinatorState::hash)));
    }

    @Test
    void aLeaderWithoutOthersStopsSayingSoThoughItIsBusy() {
        int leader = leader();
        logs[(leader + 1) % 3].close();
        logs[(leader + 2) % 3].close();
        Queue<Proposed> answers = new ConcurrentLinkedQueue<>();
        int[] proposed = {0};
        Peers.until("it knows that it does not lead", () -> {
            logs[leader].propose(RaftAloneIT.value("busy", ++proposed[0]), answers::add);
            return !logs[leader].leadership().isHere();
        });
        Peers.until("all are answered", () -> answers.size() == proposed[0]);
        open((leader + 1) % 3);
        assertThat(logs[leader()].leadership().leader()).isNotEmpty();
    }
}
