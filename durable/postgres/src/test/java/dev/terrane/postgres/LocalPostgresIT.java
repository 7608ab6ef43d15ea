package dev.terrane.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terrane.checkpoint.Checkpoint;
import dev.terrane.checkpoint.StoreUnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** Real processes, really killed. All in one folder, so that each test also starts on what the one before left behind. */
class LocalPostgresIT {
    private static final Path DATA = Path.of("target", "it-crash").toAbsolutePath();
    private static final Path PID_FILE = DATA.resolve("postgres/cluster/postmaster.pid");

    private final String world = Worlds.fresh().name();

    @Test
    void keepsItsDataBetweenRuns() {
        savedTick(7);
        assertThat(latestTick()).isEqualTo(7);
    }

    @Test
    void tellsWhatTakesLongAtTheFirstStartOnly() throws IOException {
        Path fresh = Path.of("target", "it-fresh-" + UUID.randomUUID()).toAbsolutePath();
        try {
            List<String> first = new ArrayList<>();
            LocalPostgres.start(fresh, first::add).close();
            assertThat(first).hasSize(2).allMatch(step -> step.contains("first start only"));
            List<String> second = new ArrayList<>();
            LocalPostgres.start(fresh, second::add).close();
            assertThat(second).isEmpty();
        } finally {
            PostgresFolder.deleteTree(fresh);
        }
    }

    @Test
    void noCheckpointIsLostWhenTheJvmIsKilled() throws Exception {
        Process child = CrashingServer.runUntilSaved(DATA, world, 20);
        child.destroyForcibly().waitFor();
        assertThat(latestTick()).isGreaterThanOrEqualTo(20);
    }

    @Test
    void theServerEndsByItselfWhenTheJvmIsKilled() throws Exception {
        Process child = CrashingServer.runUntilSaved(DATA, world, 1);
        ProcessHandle server = server();
        child.destroyForcibly().waitFor();
        assertEnds(server);
    }

    @Test
    void aServerThatOutlivedEvenItsGuardIsStoppedByTheNextStart() throws Exception {
        Process child = CrashingServer.runUntilSaved(DATA, world, 3);
        ProcessHandle server = server();
        for (ProcessHandle guard : child.children().toList()) {
            guard.destroyForcibly();
            guard.onExit().get(10, TimeUnit.SECONDS);
        }
        child.destroyForcibly().waitFor();
        assertThat(server.isAlive()).isTrue();
        assertThat(latestTick()).isGreaterThanOrEqualTo(3);
        assertEnds(server);
    }

    @Test
    void startsAgainByItselfWhenTheServerIsKilled() throws Exception {
        LocalPostgres server = LocalPostgres.start(DATA);
        try (server;
                PostgresStore store = PostgresStore.open(server.address())) {
            var cell = CrashingServer.cell(world);
            long epoch = store.grants().grant(cell, Worlds.NODE).epoch();
            store.checkpoints().save(Worlds.checkpoint(cell, epoch, 5));
            ProcessHandle process = server();
            process.destroyForcibly();
            assertEnds(process);
            long giveUpNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            while (!saves(store, Worlds.checkpoint(cell, epoch, 6))) {
                assertThat(System.nanoTime()).as("it is back").isLessThan(giveUpNanos);
            }
            while (server.restartCount() == 0) { // it takes connections before it is known to have started
                assertThat(System.nanoTime()).as("the restart is counted").isLessThan(giveUpNanos);
            }
            assertThat(server.restartCount()).isEqualTo(1);
            ProcessHandle second = server();
            assertThat(second).isNotEqualTo(process);
            server.close();
            assertEnds(second);
        }
        assertThat(latestTick()).isEqualTo(6);
    }

    @Test
    void aProcessNumberThatSomebodyElseGotIsNotMistakenForTheServer() throws IOException {
        savedTick(1);
        Files.writeString(PID_FILE, ProcessHandle.current().pid() + "\n" + PID_FILE.getParent() + "\n");
        assertThat(latestTick()).isEqualTo(1);
        Files.writeString(PID_FILE, "");
        assertThat(latestTick()).isEqualTo(1);
    }

    @Test
    void refusesAFolderThatIsInUse() {
        try (LocalPostgres server = LocalPostgres.start(DATA)) {
            assertThat(server.address().toString()).startsWith("postgresql://127.0.0.1:");
            assertThatThrownBy(() -> LocalPostgres.start(DATA))
                    .isInstanceOf(DatabaseStartException.class)
                    .hasMessageContaining("in use by another running server");
        }
    }

    @Test
    void listensOnLoopbackOnlyAndWantsThePassword() throws IOException {
        try (LocalPostgres server = LocalPostgres.start(DATA)) {
            assertThat(Files.readString(DATA.resolve("postgres/cluster/terrane.conf")))
                    .contains("listen_addresses = '127.0.0.1'")
                    .contains("unix_socket_directories = ''");
            assertThat(Files.getPosixFilePermissions(DATA.resolve("postgres/password")))
                    .isEqualTo(PosixFilePermissions.fromString("rw-------"));
            assertThat(Files.getPosixFilePermissions(DATA.resolve("postgres")))
                    .isEqualTo(PosixFilePermissions.fromString("rwx------"));
            assertThatThrownBy(() -> PostgresStore.open(
                            server.address().jdbcUrl(), server.address().user(), "guessed-secret"))
                    .hasMessageContaining("password authentication failed")
                    .hasMessageNotContaining("guessed-secret");
        }
    }

    @Test
    void listensWhereItsStarterWantsAsWellAndWantsThePasswordThere() {
        try (LocalPostgres server = LocalPostgres.start(DATA, 10, "127.0.0.2/8", _ -> {})) {
            DatabaseAddress beside = server.addressAt("127.0.0.2");
            assertThat(beside.jdbcUrl()).startsWith("jdbc:postgresql://127.0.0.2:");
            PostgresStore.open(beside).close();
            PostgresStore.open(server.address()).close();
            assertThatThrownBy(() -> PostgresStore.open(beside.jdbcUrl(), beside.user(), "guessed-secret"))
                    .hasMessageContaining("password authentication failed");
        }
        try (LocalPostgres server = LocalPostgres.start(DATA)) {
            assertThatThrownBy(() -> PostgresStore.open(server.addressAt("127.0.0.2")))
                    .as("no longer")
                    .hasMessageContaining("refused");
        }
    }

    @Test
    void closingTwiceIsClosingOnce() throws Exception {
        LocalPostgres server = LocalPostgres.start(DATA);
        ProcessHandle process = server();
        server.close();
        server.close();
        assertEnds(process);
        assertThat(PID_FILE).doesNotExist();
    }

    private static boolean saves(PostgresStore store, Checkpoint checkpoint) {
        try {
            store.checkpoints().save(checkpoint);
            return true;
        } catch (StoreUnavailableException away) {
            assertThat(away).hasMessageContaining("is away");
            return false;
        }
    }

    private void savedTick(long tick) {
        try (LocalPostgres server = LocalPostgres.start(DATA);
                PostgresStore store = PostgresStore.open(server.address())) {
            var cell = CrashingServer.cell(world);
            long epoch = store.grants().grant(cell, Worlds.NODE).epoch();
            store.checkpoints().save(Worlds.checkpoint(cell, epoch, tick));
        }
    }

    private long latestTick() {
        try (LocalPostgres server = LocalPostgres.start(DATA);
                PostgresStore store = PostgresStore.open(server.address())) {
            return store.checkpoints()
                    .latest(CrashingServer.cell(world))
                    .orElseThrow()
                    .tick();
        }
    }

    private static ProcessHandle server() throws IOException {
        return ProcessHandle.of(Long.parseLong(Files.readAllLines(PID_FILE).getFirst()))
                .orElseThrow();
    }

    private static void assertEnds(ProcessHandle process) throws Exception {
        try {
            process.onExit().get(20, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("process " + process.pid() + " is still alive", e);
        }
    }
}
