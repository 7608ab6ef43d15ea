package dev.terrane.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terrane.base.CellId;
import dev.terrane.base.RegionId;
import dev.terrane.base.WorldId;
import dev.terrane.checkpoint.JournalStore.Commit;
import dev.terrane.checkpoint.TickRecord.Outcome;
import dev.terrane.command.CommandEnvelope;
import dev.terrane.command.CommandResult;
import dev.terrane.command.IdempotencyKey;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every journal does, whatever it is kept in: also the one in memory that others are tested with. */
public abstract class JournalStoreContract {
    private final WorldId world =
            new WorldId("w" + UUID.randomUUID().toString().replace("-", "").substring(0, 30));
    private final CellId left = new CellId(world, new RegionId(0, 0), 0);
    private final CellId right = new CellId(world, new RegionId(1, 0), 0);

    /** The one under test. */
    protected abstract JournalStore journal();

    /** Grants the cell to another owner; returns the epoch, which is higher than any before. */
    protected abstract long grant(CellId cell);

    private static IdempotencyKey key(String request) {
        CommandEnvelope.Origin origin = new CommandEnvelope.Origin("service:test", request);
        CommandEnvelope.Trace trace = new CommandEnvelope.Trace("e", "c", "", "test", 0);
        return new CommandEnvelope("cmd.hex.vote", 1, request, origin, trace, new byte[0]).idempotencyKey();
    }

    private static Outcome done(String request) {
        return new Outcome(key(request), 7, new CommandResult.Done(request.getBytes(StandardCharsets.UTF_8)));
    }

    private static TickRecord record(CellId cell, long epoch, long tick, Outcome... outcomes) {
        JournalEntry entry = new JournalEntry(cell, epoch, tick, -5, new byte[] {1, (byte) tick});
        return new TickRecord(entry, List.of(outcomes), List.of(), List.of());
    }

    private static String fresh() {
        return UUID.randomUUID().toString();
    }

    @Test
    void givesBackWhatWasCommittedInOrder() {
        long epoch = grant(left);
        long other = grant(right);
        assertThat(journal()
                        .commit(List.of(
                                record(right, other, 4),
                                record(left, epoch, 5),
                                record(left, epoch, 6),
                                record(right, other, 9))))
                .containsOnly(Commit.COMMITTED);
        assertThat(journal().tail(left)).extracting(JournalEntry::tick).containsExactly(5L, 6L);
        assertThat(journal().tail(world)).extracting(JournalEntry::cell).containsExactly(left, left, right, right);
        assertThat(journal().tail(left).getFirst())
                .usingRecursiveComparison()
                .isEqualTo(record(left, epoch, 5).entry());
    }

    @Test
    void committingARecordAgainChangesNothing() {
        long epoch = grant(left);
        TickRecord record = record(left, epoch, 5, done(fresh()));
        journal().commit(List.of(record));
        assertThat(journal().commit(List.of(record, record(left, epoch, 6)))).containsOnly(Commit.COMMITTED);
        assertThat(journal().tail(left)).hasSize(2);
    }

    @Test
    void refusesAnOwnerThatWasReplacedAndKeepsTheOthersOfTheGroup() {
        long first = grant(left);
        long second = grant(left);
        long other = grant(right);
        String request = fresh();
        assertThat(journal()
                        .commit(List.of(
                                record(left, first, 5, done(request)),
                                record(right, other, 5),
                                record(left, second, 6),
                                record(left, first, 7))))
                .containsExactly(Commit.STALE_EPOCH, Commit.COMMITTED, Commit.COMMITTED, Commit.STALE_EPOCH);
        assertThat(journal().tail(left)).extracting(JournalEntry::tick).containsExactly(6L);
        assertThat(journal().outcomes(List.of(key(request)))).isEmpty();
    }

    @Test
    void refusesASecondEffectAndWhatTheCellDidAfterItHoweverOftenItIsAsked() {
        long epoch = grant(left);
        long other = grant(right);
        String request = fresh();
        String late = fresh();
        journal().commit(List.of(record(left, epoch, 5, done(request))));
        List<TickRecord> group = List.of(
                record(right, other, 6, done(fresh()), done(request)),
                record(left, epoch, 6),
                record(right, other, 7, done(late)));
        for (int time = 0; time < 2; time++) {
            assertThat(journal().commit(group)).containsExactly(Commit.CONFLICT, Commit.COMMITTED, Commit.CONFLICT);
        }
        assertThat(journal().tail(right)).isEmpty();
        assertThat(journal().outcomes(List.of(key(late)))).isEmpty();
    }

    @Test
    void letsOneOfTwoCellsOfAGroupCarryACommandOut() {
        long epoch = grant(left);
        long other = grant(right);
        String request = fresh();
        assertThat(journal()
                        .commit(List.of(record(left, epoch, 5, done(request)), record(right, other, 5, done(request)))))
                .containsExactly(Commit.COMMITTED, Commit.CONFLICT);
    }

    @Test
    void refusesACommandThatOneTickCarriedOutTwice() {
        long epoch = grant(left);
        String request = fresh();
        assertThat(journal().commit(List.of(record(left, epoch, 5, done(request), done(request)))))
                .containsExactly(Commit.CONFLICT);
        assertThat(journal().outcomes(List.of(key(request)))).isEmpty();
    }

    @Test
    void refusesATickWithTwoRecords() {
        long epoch = grant(left);
        assertThatThrownBy(() -> journal().commit(List.of(record(left, epoch, 5), record(left, epoch, 5))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("twice");
        assertThat(journal().tail(left)).isEmpty();
    }

    @Test
    void remembersEachResult() {
        long epoch = grant(left);
        String done = fresh();
        String refused = fresh();
        Outcome refusal = new Outcome(key(refused), -9, new CommandResult.Refused("TOO_FAR", "go nearer", 250));
        journal().commit(List.of(record(left, epoch, 5, done(done), refusal)));
        var found = journal().outcomes(List.of(key(refused), key(done), key(fresh())));
        assertThat(found).hasSize(2);
        assertThat(found.get(key(refused))).isEqualTo(refusal);
        assertThat(found.get(key(done))).usingRecursiveComparison().isEqualTo(done(done));
    }

    @Test
    void recordsTheFirstOfTwoResultsAndSaysIt() {
        String request = fresh();
        Outcome first = new Outcome(key(request), 1, new CommandResult.Refused("TOO_FAR", "go nearer"));
        Outcome second = new Outcome(key(request), 1, new CommandResult.Refused("TOO_LATE", "it is over"));
        assertThat(journal().record(List.of(first))).containsExactly(first);
        assertThat(journal().record(List.of(second))).containsExactly(first);
        long epoch = grant(left);
        assertThat(journal().commit(List.of(record(left, epoch, 5, done(request)))))
                .containsExactly(Commit.CONFLICT);
    }
}
