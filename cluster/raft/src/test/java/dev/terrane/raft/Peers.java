package dev.terrane.raft;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Coordinators of one test: names, free ports, folders. */
final class Peers {
    /** Small, so that logs are thrown away while tests look on. */
    static final long SEGMENT_BYTES = 2_048;

    private static final long PATIENCE_NANOS = Duration.ofSeconds(60).toNanos();
    private static final long PAUSE_NANOS = 2_000_000;
    /** For machines that are five times slower. */
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(4);

    private Peers() {}

    /** Below those that systems give to connections that are dialled: one of them could have it by the time it is listened on. */
    private static ServerSocket free() throws IOException {
        for (int tries = 1; ; tries++) {
            try {
                int port = 10_000 + ThreadLocalRandom.current().nextInt(20_000);
                return new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"));
            } catch (BindException taken) {
                if (tries == 100) {
                    throw taken;
                }
            }
        }
    }

    static List<CoordinatorPeer> peers(int count) throws IOException {
        List<ServerSocket> held = new ArrayList<>();
        List<CoordinatorPeer> peers = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                // All at once, so that no port is given out twice.
                held.add(free());
                peers.add(new CoordinatorPeer("c" + i, "127.0.0.1", held.get(i).getLocalPort()));
            }
        } finally {
            for (ServerSocket socket : held) {
                socket.close();
            }
        }
        return peers;
    }

    static RaftSettings settings(List<CoordinatorPeer> peers, int index, Path folder, int snapshotEvery) {
        return settings(peers, index, folder, snapshotEvery, timings(150, ANSWER_WITHIN));
    }

    static RaftSettings settings(
            List<CoordinatorPeer> peers, int index, Path folder, int snapshotEvery, RaftTimings timings) {
        String name = peers.get(index).name();
        return new RaftSettings(name, peers, folder.resolve(name), snapshotEvery, timings);
    }

    static RaftTimings timings(int electionMillisMin, Duration answerWithin) {
        return new RaftTimings(
                Duration.ofMillis(electionMillisMin), Duration.ofMillis(2L * electionMillisMin), answerWithin);
    }

    static void until(String what, BooleanSupplier holds) {
        long begin = System.nanoTime();
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() - begin > PATIENCE_NANOS) {
                throw new AssertionError("it never came to " + what);
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }
}
