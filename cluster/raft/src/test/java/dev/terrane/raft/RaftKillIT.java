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
    /** The other process is faster than those here, and so it is likely to lead when nobody does. */
    private static final int FAST_MILLIS = 150;

    private static final int SLOW_MILLIS = 500;
    private static final Duration ANSWER_WITHIN = Duration.ofMillis(600);

    @TempDir
    Path folder;

    private final RaftCoordinatorLog[] logs = new RaftCoordinatorLog[2];
    private List<CoordinatorPeer> peers = List.of();

    private void open(int index) {
        RaftTimings timings = Peers.timings(SLOW_MILLIS, ANSWER_WITHIN);
        logs[index] = RaftCoordinatorLog.open(Peers.settings(peers, index, folder, 50, timings), Peers.SEGMENT_BYTES);
    }

    @Test
    void nothingThatWasAnsweredIsLostAndTheTermRises() throws Exception {
        peers = Peers.peers(3);
        CoordinatorProcess leader = CoordinatorProcess.start(folder, 2, FAST_MILLIS, peers);
        try {
            open(0);
            open(1);
            for (int kill = 1; kill <= KILL_COUNT; kill++) {
                leadByTheOther(leader);
                killUnderLoad(kill, leader);
                leader = CoordinatorProcess.start(folder, 2, FAST_MILLIS, peers);
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

    /** Whoever leads here goes away for a while, until the other process leads: it has everything, and is the faster one. */
    private void leadByTheOther(CoordinatorProcess other) {
        long wanted =
                Math.max(logs[0].read(CoordinatorState::appliedCount), logs[1].read(CoordinatorState::appliedCount));
        Peers.until("the other process has everything", () -> other.appliedCount() >= wanted);
        Peers.until("the other process leads", () -> {
            Peers.until("one leader", () -> !leader(0).isEmpty() && leader(0).equals(leader(1)));
            if (leader(0).equals("c2")) {
                return true;
            }
            int leading = leader(0).equals("c0") ? 0 : 1;
            logs[leading].close();
            Peers.until("another leader", () -> leader(1 - leading).matches("c2|c" + (1 - leading)));
            open(leading);
            return false;
        });
    }

    private String leader(int index) {
        return logs[index].leadership().leader();
    }
}
