package dev.terrane.postgres;

import static dev.terrane.postgres.Worlds.NODE;
import static dev.terrane.postgres.Worlds.OTHER_NODE;
import static dev.terrane.postgres.Worlds.cell;
import static dev.terrane.postgres.Worlds.checkpoint;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terrane.base.CellId;
import dev.terrane.base.WorldId;
import dev.terrane.checkpoint.CheckpointStore;
import dev.terrane.checkpoint.JournalEntry;
import dev.terrane.checkpoint.JournalStore;
import dev.terrane.checkpoint.JournalStore.Commit;
import dev.terrane.checkpoint.JournalStoreContract;
import dev.terrane.checkpoint.TickRecord;
import dev.terrane.checkpoint.TickRecord.Outcome;
import dev.terrane.command.CommandEnvelope;
import dev.terrane.command.CommandResult;
import dev.terrane.command.IdempotencyKey;
import dev.terrane.coordinator.GrantStore;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PostgresJournalStoreIT extends JournalStoreContract {
    private final CheckpointStore checkpoints = SharedPostgres.STORE.checkpoints();
    private final GrantStore grants = SharedPostgres.STORE.grants();
    private final List<String> sent = new ArrayList<>();
    private final JournalStore journal =
            SharedPostgres.STORE.journal((_, commands, _) -> commands.forEach(command -> sent.add(command.key())));
    private final WorldId world = Worlds.fresh();
    private final CellId left = cell(world, 0, 0);
    private final CellId right = cell(world, 1, 0);

    @Override
    protected JournalStore journal() {
        return journal;
    }

    @Override
    protected long grant(CellId of) {
        return grants.grant(of, NODE).epoch();
    }

    @Test
    void knowsCellsThatHaveNoCheckpointYet() {
        journal.commit(List.of(record(left, grant(left), 5), record(right, grant(right), 5)));
        assertThat(checkpoints.cells(world)).containsExactly(left, right);
    }

    private static IdempotencyKey key(String request) {
        return command(request).idempotencyKey();
    }

    private static CommandEnvelope command(String request) {
        return new CommandEnvelope(
                "cmd.hex.vote",
                1,
                request,
                new CommandEnvelope.Origin("service:test", request),
                new CommandEnvelope.Trace("e", "c", "", "test", 0),
                new byte[0]);
    }

    private static Outcome done(String request) {
        return new Outcome(
                key(request), 7, new CommandResult.Done(request.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    }

    private static TickRecord record(CellId cell, long epoch, long tick, Outcome... outcomes) {
        JournalEntry entry = new JournalEntry(cell, epoch, tick, -5, new byte[] {1, (byte) tick});
        return new TickRecord(entry, List.of(outcomes), List.of(), List.of());
    }

    private static String fresh() {
        return UUID.randomUUID().toString();
    }

    @Test
    void sendsCommandsOfCommittedRecordsOnly() {
        long first = grants.grant(left, NODE).epoch();
        long other = grants.grant(right, NODE).epoch();
        grants.grant(left, NODE);
        for (CellId cell : List.of(left, right)) {
            JournalEntry entry = record(cell, cell == left ? first : other, 5).entry();
            journal.commit(List.of(new TickRecord(entry, List.of(), List.of(command(cell.toString())), List.of())));
        }
        assertThat(sent).containsExactly(right.toString());
    }

    @Test
    void keepsNothingWhenWhatIsSentCannotBeAppended() {
        long epoch = grants.grant(left, NODE).epoch();
        JournalStore full = SharedPostgres.STORE.journal((_, _, _) -> {
            throw new SQLException("no room", "53100");
        });
        String request = fresh();
        assertThatThrownBy(() -> full.commit(List.of(record(left, epoch, 5, done(request)))))
                .isInstanceOf(dev.terrane.checkpoint.StoreUnavailableException.class)
                .hasMessageContaining("no room");
        assertThat(journal.tail(left)).isEmpty();
        assertThat(journal.outcomes(List.of(key(request)))).isEmpty();
    }

    @Test
    void waitsForACommitThatItsCallerGaveUpOn() throws Exception {
        long epoch = grants.grant(left, NODE).epoch();
        TickRecord onlyFacts = record(left, epoch, 5);
        CountDownLatch written = new CountDownLatch(1);
        CountDownLatch hanging = new CountDownLatch(1);
        JournalStore slow = SharedPostgres.STORE.journal((_, _, _) -> {
            written.countDown();
            awaited(hanging);
        });
        try (ExecutorService callers = Executors.newFixedThreadPool(2)) {
            Future<List<Commit>> first = callers.submit(() -> slow.commit(List.of(onlyFacts)));
            awaited(written);
            Future<List<Commit>> again =
                    callers.submit(() -> journal.commit(List.of(onlyFacts, record(left, epoch, 6))));
            while (!again.isDone() && writersThatWait() == 0) {
                Thread.onSpinWait();
            }
            hanging.countDown();
            assertThat(again.get()).containsOnly(Commit.COMMITTED);
            assertThat(first.get()).containsOnly(Commit.COMMITTED);
        } finally {
            hanging.countDown();
        }
        assertThat(journal.tail(left)).extracting(JournalEntry::tick).containsExactly(5L, 6L);
    }

    private static void awaited(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static long writersThatWait() {
        return Long.parseLong(SharedPostgres.sql("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
                + " AND query LIKE 'INSERT INTO terrane.journal %'"));
    }

    @Test
    void prunesEntriesThatBothKeptCheckpointsContain() {
        long epoch = grants.grant(left, NODE).epoch();
        for (long tick = 1; tick <= 6; tick++) {
            journal.commit(List.of(record(left, epoch, tick)));
        }
        checkpoints.save(checkpoint(left, epoch, 3));
        assertThat(journal.tail(left)).extracting(JournalEntry::tick).containsExactly(4L, 5L, 6L);
        assertThat(entryCount(left)).isEqualTo(6);
        checkpoints.save(checkpoint(left, epoch, 5));
        assertThat(journal.tail(left)).extracting(JournalEntry::tick).containsExactly(6L);
        assertThat(entryCount(left))
                .as("above the checkpoint before the latest")
                .isEqualTo(3);
        checkpoints.save(checkpoint(left, epoch, 5));
        assertThat(entryCount(left)).as("saved again").isEqualTo(3);
    }

    @Test
    void keepsTheTailOfAFormerEpochUntilANewerCheckpoint() {
        long first = grants.grant(left, NODE).epoch();
        checkpoints.save(checkpoint(left, first, 10));
        journal.commit(List.of(record(left, first, 11)));
        long second = grants.grant(left, NODE).epoch();
        journal.commit(List.of(record(left, second, 9)));
        assertThat(journal.tail(left)).extracting(JournalEntry::tick).containsExactly(11L, 9L);
    }

    @Test
    void forgetsOldOutcomesInBoundedSteps() {
        long epoch = grants.grant(left, NODE).epoch();
        String old = fresh();
        journal.commit(List.of(record(left, epoch, 5, done(old), done(fresh()), done(fresh()))));
        assertThat(journal.forgetOutcomes(3_600_000, 10)).isZero();
        assertThat(journal.outcomes(List.of(key(old)))).hasSize(1);
        SharedPostgres.sql("UPDATE terrane.cell_outcome SET settled_at = now() - interval '2 hours' WHERE key = '\\x"
                + key(old) + "'");
        assertThat(journal.forgetOutcomes(3_600_000, 10)).isEqualTo(1);
        assertThat(journal.outcomes(List.of(key(old)))).isEmpty();
    }

    @Test
    void noRecordOfAnOlderOwnerLandsAfterTheGrantOfANewer() throws InterruptedException {
        AtomicLong granted = new AtomicLong(grants.grant(left, NODE).epoch());
        AtomicInteger refused = new AtomicInteger();
        // A writer that commits under whatever epoch it believes in, as fast as it can, while epochs rise under its
        // feet.
        Thread writer = Thread.ofPlatform().start(() -> {
            for (long tick = 1; tick <= 300; tick++) {
                if (journal.commit(List.of(record(left, granted.get(), tick))).getFirst() == Commit.STALE_EPOCH) {
                    refused.incrementAndGet();
                }
            }
        });
        int staleFound = 0;
        while (writer.isAlive()) {
            long epoch = grants.grant(left, OTHER_NODE).epoch();
            long before = countUnder(left, epoch);
            long after = countUnder(left, epoch);
            staleFound += before == after ? 0 : 1;
            granted.set(epoch);
        }
        writer.join();
        assertThat(staleFound).isZero();
        assertThat(refused.get()).as("some records met the fence").isPositive();
    }

    @Test
    void twoCellsThatRaceForCommandsCarryEachOutOnce() throws InterruptedException {
        long epoch = grants.grant(left, NODE).epoch();
        long other = grants.grant(right, NODE).epoch();
        List<String> requests = java.util.stream.Stream.generate(PostgresJournalStoreIT::fresh)
                .limit(200)
                .toList();
        AtomicInteger committed = new AtomicInteger();
        Thread writer = Thread.ofPlatform().start(() -> race(left, epoch, requests, committed));
        race(right, other, requests.reversed(), committed);
        writer.join();
        assertThat(committed.get()).isEqualTo(requests.size());
        assertThat(journal.tail(world)).hasSize(requests.size());
    }

    private void race(CellId cell, long epoch, List<String> requests, AtomicInteger committed) {
        long tick = 0;
        for (String request : requests) {
            Commit answer = journal.commit(List.of(record(cell, epoch, ++tick, done(request))))
                    .getFirst();
            committed.addAndGet(answer == Commit.COMMITTED ? 1 : 0);
        }
    }

    private static long countUnder(CellId cell, long epoch) {
        return Long.parseLong(SharedPostgres.sql(
                "SELECT count(*) FROM terrane.journal WHERE world = '" + cell.world() + "' AND epoch < " + epoch));
    }

    private static long entryCount(CellId cell) {
        return countUnder(cell, Long.MAX_VALUE);
    }
}
