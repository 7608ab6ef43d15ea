package dev.terrane.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terrane.command.CommandAnswer;
import dev.terrane.command.CommandEnvelope;
import dev.terrane.command.CommandResult;
import dev.terrane.command.LaneHold;
import dev.terrane.command.LanePartition;
import dev.terrane.command.LaneSegment;
import dev.terrane.command.LaneStore;
import dev.terrane.command.LaneUnavailableException;
import dev.terrane.command.Settlement;
import dev.terrane.postgres.lane.PostgresLaneStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The lane while its database is cut off or killed. */
class LaneAwayIT {
    private static final long TTL_MILLIS = 60_000;

    private final String lane = "lane-" + UUID.randomUUID();
    private final LanePartition partition = new LanePartition(lane, 0);

    private static List<CommandEnvelope> commands(int from, int until) {
        return IntStream.range(from, until)
                .mapToObj(i -> new CommandEnvelope(
                        "cmd.shop.buy",
                        1,
                        "ann",
                        new CommandEnvelope.Origin("character:ann", "request-" + i),
                        new CommandEnvelope.Trace("e" + i, "e" + i, "", "node-1", i),
                        "{}".getBytes(UTF_8)))
                .toList();
    }

    private static Settlement settlement(long number, long cursor) {
        CommandEnvelope last = commands((int) cursor - 1, (int) cursor).getFirst();
        CommandAnswer answer =
                new CommandAnswer(last.origin(), last.type(), "", new CommandResult.Done("{}".getBytes(UTF_8)));
        return new Settlement(number, cursor, List.of(answer), List.of(), List.of(), List.of());
    }

    private long endOf(LaneStore store, long from) {
        long end = from;
        for (LaneSegment segment : store.read(partition, from, 100_000)) {
            end = segment.endOffset();
        }
        return end;
    }

    @Test
    void saysThatItsDatabaseIsAwayAndTakesTheSameCallsWhenItIsBack() throws IOException {
        DatabaseAddress real = SharedPostgres.SERVER.address();
        PostgresStore.open(real).close();
        int port = Integer.parseInt(real.jdbcUrl().replaceAll("^.*:([0-9]+)/.*$", "$1"));
        try (CuttableRelay relay = new CuttableRelay(port);
                Database database = new Database(new DatabaseAddress(
                        "jdbc:postgresql://127.0.0.1:" + relay.port() + "/postgres", real.user(), real.password()))) {
            LaneStore store = new PostgresLaneStore(database, 1, 1_000);
            store.append(lane, commands(0, 5));
            LaneHold hold = store.acquire(partition, "a", TTL_MILLIS).orElseThrow();
            assertThat(store.settle(hold.lease(), TTL_MILLIS, settlement(1, 2))).isTrue();

            relay.cut();
            assertThatThrownBy(() -> store.append(lane, commands(5, 6))).isInstanceOf(LaneUnavailableException.class);
            assertThatThrownBy(() -> store.settle(hold.lease(), TTL_MILLIS, settlement(2, 4)))
                    .isInstanceOf(LaneUnavailableException.class)
                    .hasMessageContaining("could not settle " + partition)
                    .hasMessageNotContaining(real.password());

            relay.mend();
            // As after a broken call that did arrive: the first is known, the second is not.
            assertThat(store.settle(hold.lease(), TTL_MILLIS, settlement(1, 2))).isTrue();
            assertThat(store.settle(hold.lease(), TTL_MILLIS, settlement(2, 4))).isTrue();
            assertThat(endOf(store, 4)).isEqualTo(5);
            assertThat(store.answers(partition, 1 << 20)).hasSize(2);
        }
    }

    @Test
    void endsTheLeaseOfWhoSettledMoreThanAKilledDatabaseStillKnows() throws Exception {
        Path data = Path.of("target", "lane-forgets-data");
        LocalPostgres server = LocalPostgres.start(data);
        LaneHold hold;
        int confirmed = 0;
        try (server;
                PostgresStore opened = PostgresStore.open(server.address())) {
            // A long delay instead of luck: what does not wait for the disk is not there yet when the kill comes.
            opened.database().run("flush late", handle -> {
                handle.execute("ALTER SYSTEM SET wal_writer_delay = '10s'");
                handle.execute("SELECT pg_reload_conf()");
            });
            LaneStore store = new PostgresLaneStore(opened.database(), 1, 1_000);
            store.append(lane, commands(0, 50));
            hold = store.acquire(partition, "a", TTL_MILLIS).orElseThrow();
            while (confirmed < 20) {
                confirmed++;
                assertThat(store.settle(hold.lease(), TTL_MILLIS, settlement(confirmed, confirmed)))
                        .isTrue();
            }
            kill(data);
        }
        try (LocalPostgres again = LocalPostgres.start(data);
                PostgresStore opened = PostgresStore.open(again.address())) {
            LaneStore store = new PostgresLaneStore(opened.database(), 1, 1_000);
            assertThat(store.renew(hold.lease(), confirmed, TTL_MILLIS)).isFalse();
            assertThat(store.settle(hold.lease(), TTL_MILLIS, settlement(confirmed + 1, confirmed + 1)))
                    .isFalse();
            LaneHold fresh = store.acquire(partition, "a", TTL_MILLIS).orElseThrow();
            assertThat(fresh.settledNumber()).isLessThan(confirmed);
            assertThat(endOf(store, fresh.cursor())).isEqualTo(50);
            assertThat(store.settle(
                            fresh.lease(), TTL_MILLIS, settlement(fresh.settledNumber() + 1, fresh.cursor() + 1)))
                    .isTrue();
        }
    }

    @Test
    void losesNothingAcceptedWhenTheDatabaseIsKilled() throws Exception {
        Path data = Path.of("target", "lane-crash-data");
        LocalPostgres server = LocalPostgres.start(data);
        long accepted = 0;
        long settled = 0;
        try (server;
                PostgresStore opened = PostgresStore.open(server.address())) {
            LaneStore store = new PostgresLaneStore(opened.database(), 1, 100_000);
            LaneHold hold = store.acquire(partition, "a", TTL_MILLIS).orElseThrow();
            for (int round = 1; round <= 60; round++) {
                assertThat(store.append(lane, commands((int) accepted, (int) accepted + 10)))
                        .isInstanceOf(LaneStore.Appended.Kept.class);
                accepted += 10;
                settled += 7;
                assertThat(store.settle(hold.lease(), TTL_MILLIS, settlement(round, settled)))
                        .isTrue();
            }
            for (int more = 1; more <= 20; more++) { // nothing flushes these
                settled++;
                assertThat(store.settle(hold.lease(), TTL_MILLIS, settlement(60 + more, settled)))
                        .isTrue();
            }
            kill(data);
        }
        try (LocalPostgres again = LocalPostgres.start(data);
                PostgresStore opened = PostgresStore.open(again.address())) {
            LaneStore store = new PostgresLaneStore(opened.database(), 1, 100_000);
            LaneHold hold = store.acquire(partition, "a", TTL_MILLIS).orElseThrow();
            assertThat(hold.lease().epoch()).isEqualTo(2);
            assertThat(hold.cursor()).as("a lost settlement is delivered again").isBetween(59L * 7, settled);
            assertThat(endOf(store, hold.cursor()))
                    .as("nothing accepted is lost")
                    .isEqualTo(accepted);
            assertThat(store.settle(hold.lease(), TTL_MILLIS, settlement(hold.settledNumber() + 1, hold.cursor() + 1)))
                    .isTrue();
            assertThat(store.answers(partition, 1 << 20)).hasSize((int) hold.settledNumber() + 1);
        }
    }

    /** As kill -9 does: what was not flushed is gone. */
    private static void kill(Path data) throws Exception {
        String pid = Files.readAllLines(PostgresFolder.in(data).cluster.resolve("postmaster.pid"))
                .getFirst()
                .strip();
        ProcessHandle postmaster = ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
        postmaster.destroyForcibly();
        postmaster.onExit().get(60, TimeUnit.SECONDS);
    }
}
