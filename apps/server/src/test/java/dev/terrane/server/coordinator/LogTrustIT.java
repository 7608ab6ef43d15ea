package dev.terrane.server.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terrane.base.Clock;
import dev.terrane.base.NodeId;
import dev.terrane.coordinator.Command;
import dev.terrane.coordinator.CoordinatorLog.Proposed;
import dev.terrane.coordinator.CoordinatorState;
import dev.terrane.coordinator.Entry;
import dev.terrane.link.door.LinkFiles;
import dev.terrane.raft.CoordinatorLogException;
import dev.terrane.raft.CoordinatorPeer;
import dev.terrane.raft.RaftCoordinatorLog;
import dev.terrane.raft.RaftSettings;
import dev.terrane.raft.RaftTimings;
import dev.terrane.raft.RaftTrust;
import dev.terrane.server.wire.NodeCertificates;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log of real coordinators, over TLS by which both sides say who they are. */
class LogTrustIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** By the third the first two have ended. */
    private static final int KNOCKS = 3;

    @TempDir
    private Path folder;

    private final List<RaftCoordinatorLog> logs = new ArrayList<>();
    /** In front of c1, c2 and whoever claims to be the third, where a test has put some. */
    private final List<CountingDoor> doors = new ArrayList<>();

    private List<CoordinatorPeer> peers = List.of();

    @BeforeEach
    void givePorts() throws IOException {
        peers = Cluster.peers("c1", "c2", "c3");
    }

    @AfterEach
    void close() {
        logs.forEach(RaftCoordinatorLog::close);
        doors.forEach(CountingDoor::close);
    }

    private LinkFiles files(String authority, String node) {
        return NodeCertificates.of(folder.resolve(authority), true, "test", new NodeId(node), Clock.system());
    }

    private RaftCoordinatorLog open(String self, LinkFiles files) {
        return open(self, files, peers);
    }

    private RaftCoordinatorLog open(String self, LinkFiles files, List<CoordinatorPeer> known) {
        RaftSettings settings =
                new RaftSettings(self, known, folder.resolve("log-" + self), 1_000, RaftTimings.usual());
        RaftCoordinatorLog log = RaftCoordinatorLog.open(
                settings.with(new RaftTrust(files.authority(), files.certificate(), files.key())));
        logs.add(log);
        return log;
    }

    private static boolean isTaken(RaftCoordinatorLog log, String key) {
        CompletableFuture<Proposed> answer = new CompletableFuture<>();
        log.propose(
                new Entry(0, "node c1", "", new Command.PutValue(key, Command.PutValue.ANY, new byte[] {1})),
                answer::complete);
        return answer.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join() instanceof Proposed.Applied;
    }

    private static void until(String what, BooleanSupplier holds) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!holds.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited in vain until " + what).isLessThan(end);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    @Test
    void coordinatorsOfOneAuthorityAgree() {
        RaftCoordinatorLog first = open("c1", files("ours", "c1"));
        RaftCoordinatorLog second = open("c2", files("ours", "c2"));
        RaftCoordinatorLog third = open("c3", files("ours", "c3"));
        until("one leads", () -> logs.stream().anyMatch(log -> log.leadership().isHere()));
        for (RaftCoordinatorLog each : List.of(first, second, third)) {
            until("it is taken from everybody", () -> isTaken(each, "key"));
        }
        until("all have it", () -> logs.stream().allMatch(log -> log.read(CoordinatorState::appliedCount) >= 3));
    }

    @Test
    void aCoordinatorOfAnotherAuthorityHearsNothingAndDisturbsNobody() {
        RaftCoordinatorLog first = twoThatAgree();
        assertHearsNothing("c3", files("theirs", "c3"), first);
    }

    @Test
    void aNodeOfTheSameAuthorityThatIsNoCoordinatorHearsNothingEither() {
        RaftCoordinatorLog first = twoThatAgree();
        assertHearsNothing("s1", files("ours", "s1"), first);
    }

    private RaftCoordinatorLog twoThatAgree() {
        peers.forEach(peer -> doors.add(new CountingDoor(peer.port())));
        List<CoordinatorPeer> known = List.of(peers.get(0), peers.get(1), behindDoor(2));
        RaftCoordinatorLog first = open("c1", files("ours", "c1"), known);
        open("c2", files("ours", "c2"), known);
        until("one leads", () -> logs.stream().anyMatch(log -> log.leadership().isHere()));
        until("it is taken", () -> isTaken(first, "before"));
        return first;
    }

    private CoordinatorPeer behindDoor(int index) {
        return new CoordinatorPeer(
                peers.get(index).name(), "127.0.0.1", doors.get(index).port());
    }

    /** Not because nobody has tried: they come to it, and it to them. */
    private void assertHearsNothing(String name, LinkFiles files, RaftCoordinatorLog first) {
        int before = doors.get(2).knocks();
        RaftCoordinatorLog stranger = open(
                name,
                files,
                List.of(
                        behindDoor(0),
                        behindDoor(1),
                        new CoordinatorPeer(name, "127.0.0.1", peers.get(2).port())));
        until("they have tried to tell it something", () -> doors.get(2).knocks() >= before + KNOCKS);
        until(
                "it has tried to tell both of them something",
                () -> doors.get(0).knocks() >= KNOCKS && doors.get(1).knocks() >= KNOCKS);

        until("it is taken", () -> isTaken(first, "after"));
        assertThat(stranger.read(CoordinatorState::appliedCount)).isZero();
        assertThat(stranger.leadership().leader()).isEmpty();
        assertThat(stranger.leadership().isHere()).isFalse();
    }

    @Test
    void refusesACertificateOfAnotherNode() {
        LinkFiles foreign = files("ours", "c2");
        assertThatThrownBy(() -> open("c1", foreign))
                .isInstanceOf(CoordinatorLogException.class)
                .hasMessageContaining("names 'c2'");
    }
}
