package dev.terrane.postgres;

import dev.terrane.base.CellId;
import dev.terrane.base.WorldId;
import dev.terrane.checkpoint.JournalEntry;
import dev.terrane.checkpoint.JournalStore;
import dev.terrane.checkpoint.StoreUnavailableException;
import dev.terrane.checkpoint.TickRecord;
import dev.terrane.checkpoint.TickRecord.Outcome;
import dev.terrane.command.CommandEnvelope;
import dev.terrane.command.EventEnvelope;
import dev.terrane.command.IdempotencyKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.core.transaction.TransactionException;

/**
 * The journal of all cells, written in groups: one transaction, and with it one flush of the disk, for as many records as are given at once.
 *
 * <pre>
 *   lock the grants ─► who is stale? ─► which commands are known? ─► outcomes ─► entries ─► commands and events sent ─► commit
 *                                                    ▲                  │ somebody else was faster
 *                                                    └───── anew ◄──────┘
 * </pre>
 */
final class PostgresJournalStore implements JournalStore {
    /** Each time somebody else committed one of the same commands in the moment between look and write: never twice in practice. */
    private static final int ATTEMPT_COUNT_MAX = 8;

    private static final String OUTCOMES = "SELECT * FROM terrane.cell_outcome WHERE key = ANY(:keys)";

    /** Written out as text: both tails say it of {@code entry}. */
    private static final String ABOVE_CHECKPOINT = """
            NOT EXISTS (
                SELECT 1 FROM terrane.checkpoint held
                WHERE held.world = entry.world AND held.region_a = entry.region_a AND held.region_b = entry.region_b
                  AND held.layer = entry.layer AND (held.epoch, held.tick) >= (entry.epoch, entry.tick))
            """;

    private static final String TAIL_OF_CELL = """
            SELECT * FROM terrane.journal entry
            WHERE world = :world AND region_a = :a AND region_b = :b AND layer = :layer AND
            """ + ABOVE_CHECKPOINT + "ORDER BY epoch, tick";
    private static final String TAIL_OF_WORLD =
            """
            SELECT * FROM terrane.journal entry
            WHERE world = :world AND
            """ + ABOVE_CHECKPOINT + "ORDER BY region_a, region_b, layer, epoch, tick";
    private static final String FORGET = """
            DELETE FROM terrane.cell_outcome WHERE ctid IN (
                SELECT ctid FROM terrane.cell_outcome
                WHERE settled_at < now() - :age * interval '1 millisecond'
                  AND NOT EXISTS (SELECT FROM terrane.dead_letter WHERE idempotency_key = cell_outcome.key)
                LIMIT :limit)
            """;

    private final Database database;
    private final TickOutgoing outgoing;

    PostgresJournalStore(Database database, TickOutgoing outgoing) {
        this.database = database;
        this.outgoing = outgoing;
    }

    @Override
    public List<Commit> commit(List<TickRecord> records) {
        if (records.isEmpty()) {
            return List.of();
        }
        String what = "commit " + records.size() + " records of cells' journals";
        for (int attempt = 0; attempt < ATTEMPT_COUNT_MAX; attempt++) {
            try {
                return database.call(what, handle -> handle.inTransaction(own -> commit(own, records)));
            } catch (JournalGroup.OvertakenException overtaken) {
                // Rolled back; what the other one committed is seen by the next look.
            }
        }
        throw new StoreUnavailableException(
                "could not " + what + ": others commit the same commands all the time", new IllegalStateException());
    }

    private List<Commit> commit(Handle handle, List<TickRecord> records) {
        JournalGroup group = new JournalGroup(handle, records);
        group.decide();
        List<TickRecord> fresh = group.fresh();
        if (!fresh.isEmpty()) {
            group.write(fresh);
            send(handle, fresh);
        }
        return group.answers();
    }

    private void send(Handle handle, List<TickRecord> records) {
        List<CommandEnvelope> sent = new ArrayList<>();
        List<EventEnvelope> events = new ArrayList<>();
        for (TickRecord record : records) {
            sent.addAll(record.sent());
            events.addAll(record.events());
        }
        send(handle, outgoing, sent, events);
    }

    /** Within the handle's transaction. */
    static void send(Handle handle, TickOutgoing outgoing, List<CommandEnvelope> sent, List<EventEnvelope> events) {
        try {
            outgoing.append(handle.getConnection(), sent, events);
        } catch (SQLException e) {
            throw new TransactionException("could not append what is sent", e);
        }
    }

    @Override
    public List<Outcome> record(List<Outcome> refusals) {
        List<Outcome> sorted = new ArrayList<>(refusals);
        sorted.sort(Comparator.comparing(Outcome::key));
        Map<IdempotencyKey, Outcome> counting = database.call("refuse " + refusals.size() + " commands", handle -> {
            JournalGroup.addOutcomes(handle, sorted);
            return find(handle, refusals.stream().map(Outcome::key).toList());
        });
        return refusals.stream()
                .map(each -> counting.getOrDefault(each.key(), each))
                .toList();
    }

    @Override
    public Map<IdempotencyKey, Outcome> outcomes(List<IdempotencyKey> keys) {
        if (keys.isEmpty()) {
            return Map.of();
        }
        return database.call("look " + keys.size() + " commands up", handle -> find(handle, keys));
    }

    private static SortedMap<IdempotencyKey, Outcome> find(Handle handle, List<IdempotencyKey> keys) {
        return handle.createQuery(OUTCOMES)
                .bind("keys", SqlColumns.bytes(keys, IdempotencyKey::bytes))
                .map((row, context) -> OutcomeColumns.read(row))
                .reduce(new TreeMap<>(), (SortedMap<IdempotencyKey, Outcome> all, Outcome outcome) -> {
                    all.put(outcome.key(), outcome);
                    return all;
                });
    }

    @Override
    public List<JournalEntry> tail(CellId cell) {
        return database.call(
                "load the journal of cell " + cell,
                handle -> handle.createQuery(TAIL_OF_CELL)
                        .bindMap(CellColumns.of(cell))
                        .map(PostgresJournalStore::read)
                        .list());
    }

    @Override
    public List<JournalEntry> tail(WorldId world) {
        return database.call(
                "load the journal of world " + world,
                handle -> handle.createQuery(TAIL_OF_WORLD)
                        .bind("world", world.name())
                        .map(PostgresJournalStore::read)
                        .list());
    }

    @Override
    public int forgetOutcomes(long ageMillisMin, int countMax) {
        return database.call(
                "forget old outcomes",
                handle -> handle.createUpdate(FORGET)
                        .bind("age", ageMillisMin)
                        .bind("limit", countMax)
                        .execute());
    }

    private static JournalEntry read(ResultSet row, StatementContext context) throws SQLException {
        return new JournalEntry(
                CellColumns.read(row),
                row.getLong("epoch"),
                row.getLong("tick"),
                row.getLong("schema_fingerprint"),
                row.getBytes("facts"));
    }
}
