package dev.terrane.raft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.coordinator.CoordinatorLog.Proposed;
import dev.terrane.coordinator.CoordinatorState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A leader in a process of its own is killed while others propose. */
class RaftKillIT {
    private static final int KILL_COUNT = 3;
    private static final int UNDERWAY_COUNT = 8;
    private static final int ELECTION_MILLIS = 250;
    private static final String OTHER = "c2";
    private static final Duration HAND_OVER_WITHIN = Duration.ofSeconds(2);
    private static final Duration ANSWER_WITHIN = Duration.ofMillis(600);

    @TempDir
    Path folder;

    private final RaftCoordinatorLog[] logs = new RaftCoordinatorLog[2];
    private List<CoordinatorPeer> peers = List.of();

    private void open(int index) {
        RaftTimings timings = Peers.timings(ELECTION_MILLIS, ANSWER_WITHIN);
        logs[index] = RaftCoordinatorLog.open(Peers.settings(peers, index, folder, 50, timings), Peers.SEGMENT_BYTES);
    }

    @Test
    void nothingThatWasAnsweredIsLostAndTheTermRises() throws Exception {
        peers = Peers.peers(3);
        CoordinatorProcess leader = CoordinatorProcess.start(folder, 2, ELECTION_MILLIS, peers);
        try {
            open(0);
            open(1);
            for (int kill = 1; kill <= KILL_COUNT; kill++) {
                leadByTheOther(leader);
                killUnderLoad(kill, leader);
                leader = CoordinatorProcess.start(folder, 2, ELECTION_MILLIS, peers);
            }
        } finally {
            leader.kill();
            for (RaftCoordinatorLog log : logs) {
                if (log != null) {
                    log.close();
                }
            }
        }
    }

    private void killUnderLoad(int kill, CoordinatorProcess leader) throws InterruptedException {
        long term = logs[0].leadership().term();
        Queue<String> safe = new ConcurrentLinkedQueue<>();
        AtomicInteger next = new AtomicInteger();
        AtomicInteger underway = new AtomicInteger();
        AtomicBoolean stop = new AtomicBoolean();
        for (int i = 0; i < UNDERWAY_COUNT; i++) {
            proposeOnAndOn(kill, logs[i % 2], next, underway, stop, safe);
        }
        Peers.until("answers come", () -> safe.size() >= 30);
        leader.kill();
        int before = safe.size();
        Peers.until("answers come from another leader", () -> safe.size() >= before + 30);
        stop.set(true);
        Peers.until("nothing is underway", () -> underway.get() == 0);
        for (RaftCoordinatorLog log : logs) {
            assertThat(log.leadership().term()).isGreaterThan(term);
            Peers.until(
                    "all of " + safe.size() + " answered entries",
                    () -> log.read(state ->
                            safe.stream().allMatch(key -> state.value(key).isPresent())));
        }
    }

    private void proposeOnAndOn(
            int kill,
            RaftCoordinatorLog log,
            AtomicInteger next,
            AtomicInteger underway,
            AtomicBoolean stop,
            Queue<String> safe) {
        if (stop.get()) {
            return;
        }
        underway.incrementAndGet();
        String key = "kill" + kill + "/" + next.incrementAndGet();
        log.propose(RaftAloneIT.value(key, kill), answer -> {
            if (answer instanceof Proposed.Applied) {
                safe.add(key);
            }
            proposeOnAndOn(kill, log, next, underway, stop, safe);
            underway.decrementAndGet();
        });
    }

    /** Whoever leads here hands over, as soon as the other process is there: who leads is nobody's luck. */
    private void leadByTheOther(CoordinatorProcess other) {
        long wanted =
                Math.max(logs[0].read(CoordinatorState::appliedCount), logs[1].read(CoordinatorState::appliedCount));
        Peers.until("the other process has everything", () -> other.appliedCount() >= wanted);
        Peers.until("the other process leads", () -> {
            for (RaftCoordinatorLog log : logs) {
                log.handOver(OTHER, HAND_OVER_WITHIN);
            }
            return leader(0).equals(OTHER) && leader(1).equals(OTHER);
        });
    }

    private String leader(int index) {
        return logs[index].leadership().leader();
    }
}
