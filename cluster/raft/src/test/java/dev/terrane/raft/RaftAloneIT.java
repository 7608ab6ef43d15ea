package dev.terrane.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terrane.coordinator.Command;
import dev.terrane.coordinator.CoordinatorLog.Proposed;
import dev.terrane.coordinator.CoordinatorState;
import dev.terrane.coordinator.Entry;
import dev.terrane.coordinator.EntryCodec;
import dev.terrane.coordinator.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one coordinator does with its folder, its port and too many proposals; alone, it leads at once. */
class RaftAloneIT {
    private static final int SNAPSHOT_EVERY = 20;

    @TempDir
    Path folder;

    private List<CoordinatorPeer> peers;
    private RaftCoordinatorLog log;

    @BeforeEach
    void choosePort() throws IOException {
        peers = Peers.peers(1);
        open();
    }

    @AfterEach
    void close() {
        log.close();
    }

    private void open() {
        log = RaftCoordinatorLog.open(Peers.settings(peers, 0, folder, SNAPSHOT_EVERY), Peers.SEGMENT_BYTES);
        Peers.until("leads", () -> log.leadership().isHere());
    }

    static Entry value(String key, int number) {
        return Entry.of(0, new Command.PutValue(key, Command.PutValue.ANY, new byte[] {(byte) number, 1, 2, 3}));
    }

    private void propose(int count) {
        Queue<Proposed> answers = new ConcurrentLinkedQueue<>();
        for (int i = 0; i < count; i++) {
            log.propose(value("key" + i % 7, i), answers::add);
        }
        Peers.until("answers", () -> answers.size() == count);
        assertThat(answers).allSatisfy(answer -> assertThat(answer).isInstanceOf(Proposed.Applied.class));
    }

    /** The newest last. Ratis throws files away meanwhile: those are not found. */
    private List<Path> files(String below, String beginning) {
        List<Path> found = new ArrayList<>();
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (file.toString().contains("/" + below + "/")
                            && file.getFileName().toString().startsWith(beginning)) {
                        found.add(file);
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException gone) {
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        found.sort(Comparator.comparingLong(file -> file.toFile().lastModified()));
        return found;
    }

    private List<Path> snapshots() {
        return files("sm", "snapshot.").stream()
                .filter(file ->
                        !file.toString().endsWith(".md5") && !file.toString().endsWith(".part"))
                .toList();
    }

    private static void damage(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 0x55;
        Files.write(file, bytes);
    }

    @Test
    void hasItsStateAgainAfterAStartAndThrewTheOldLogAway() {
        for (int i = 0; i < 5; i++) {
            propose(40);
        }
        long hash = log.read(CoordinatorState::hash);
        long term = log.leadership().term();
        Peers.until(
                "two snapshots are kept and the log before them is gone",
                () -> snapshots().size() == 2 && files("current", "log_0").isEmpty());
        log.close();
        open();
        assertThat(log.<Long>read(CoordinatorState::hash)).isEqualTo(hash);
        assertThat(log.leadership().term()).isGreaterThan(term);
        AtomicInteger told = new AtomicInteger();
        log.onChange(told::incrementAndGet);
        propose(1);
        Peers.until("the listener is told", () -> told.get() > 0);
    }

    @Test
    void refusesDamagedSnapshotsAndNamesThem() throws IOException {
        propose(60);
        Peers.until("a snapshot", () -> !snapshots().isEmpty());
        log.close();
        List<Path> damaged = snapshots();
        for (Path snapshot : damaged) {
            damage(snapshot);
        }
        assertThatThrownBy(this::open)
                .isInstanceOf(CoordinatorLogException.class)
                .hasMessageContaining("snapshot.")
                .hasMessageContaining("is damaged")
                .hasMessageContaining("Move the coordinator's folder away");
    }

    @Test
    void refusesALogWhoseSnapshotsOrVotesAreGone() throws IOException {
        propose(200);
        Peers.until("the log's begin is gone", () -> files("current", "log_0").isEmpty());
        log.close();
        for (Path file : files("sm", "snapshot.")) {
            Files.delete(file);
        }
        assertThatThrownBy(this::open)
                .isInstanceOf(CoordinatorLogException.class)
                .hasMessageContaining("there is none");
        for (Path file : files("current", "raft-meta")) {
            Files.delete(file);
        }
        assertThatThrownBy(this::open)
                .isInstanceOf(CoordinatorLogException.class)
                .hasMessageContaining("raft-meta is missing");
    }

    @Test
    void refusesADamagedLogAndNamesIt() throws IOException {
        propose(15);
        log.close();
        Path file = files("current", "log_").getFirst();
        damage(file);
        assertThatThrownBy(this::open)
                .isInstanceOf(CoordinatorLogException.class)
                .hasMessageContaining("damaged is " + file)
                .hasMessageContaining("Move the coordinator's folder away");
    }

    @Test
    void listensOnItsHostOnlyAndNamesAnAddressThatIsTaken() throws IOException {
        int port = peers.getFirst().port();
        try (Socket ours = new Socket("127.0.0.1", port)) {
            assertThat(ours.isConnected()).isTrue();
        }
        assertThatThrownBy(() -> new Socket("127.0.0.2", port).close()).isInstanceOf(ConnectException.class);
        log.close();
        try (ServerSocket taken = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"))) {
            assertThatThrownBy(this::open)
                    .isInstanceOf(CoordinatorLogException.class)
                    .hasMessageContaining("127.0.0.1:" + taken.getLocalPort());
        }
    }

    @Test
    void answersEachOfTooManyProposalsOnce() {
        int count = 3 * Proposals.UNDERWAY_COUNT_MAX;
        AtomicInteger[] answers = new AtomicInteger[count];
        Queue<Proposed> all = new ConcurrentLinkedQueue<>();
        for (int i = 0; i < count; i++) {
            AtomicInteger own = new AtomicInteger();
            answers[i] = own;
            log.propose(value("key" + i % 7, i), answer -> {
                own.incrementAndGet();
                all.add(answer);
            });
        }
        Peers.until("answers", () -> all.size() >= count);
        log.close();
        assertThat(answers).allSatisfy(own -> assertThat(own).hasValue(1));
        long applied = all.stream().filter(Proposed.Applied.class::isInstance).count();
        assertThat(log.<Long>read(CoordinatorState::appliedCount)).isGreaterThanOrEqualTo(applied);
        assertThat(applied).isPositive();
    }

    @Test
    void answersWhatComesAfterItsEnd() {
        log.close();
        Queue<Proposed> answers = new ConcurrentLinkedQueue<>();
        log.propose(value("late", 1), answers::add);
        Peers.until("an answer", () -> !answers.isEmpty());
        assertThat(answers).singleElement().isInstanceOf(Proposed.Unknown.class);
        assertThat(log.leadership().isHere()).isFalse();
    }

    @Test
    void takesTheLongestEntryAndRefusesALongerOne() {
        Queue<Proposed> answers = new ConcurrentLinkedQueue<>();
        int head = EntryCodec.encode(big(0)).length;
        log.propose(big(EntryCodec.ENTRY_BYTES_MAX - head - 2), answers::add);
        Peers.until("an answer", () -> !answers.isEmpty());
        assertThat(answers.peek())
                .isInstanceOfSatisfying(
                        Proposed.Applied.class,
                        applied -> assertThat(applied.outcome())
                                .isInstanceOfAny(Outcome.Done.class, Outcome.Refused.class));
        assertThatThrownBy(() -> log.propose(big(EntryCodec.ENTRY_BYTES_MAX), answers::add))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("propose less at once");
    }

    private static Entry big(int bytes) {
        return Entry.of(0, new Command.PutValue("big", Command.PutValue.ANY, new byte[bytes]));
    }
}
