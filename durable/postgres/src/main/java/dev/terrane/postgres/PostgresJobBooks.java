package dev.terrane.postgres;

import dev.terrane.checkpoint.TickRecord.Outcome;
import dev.terrane.command.CommandEnvelope;
import dev.terrane.command.EventEnvelope;
import dev.terrane.command.IdempotencyKey;
import java.util.List;
import java.util.Optional;

/** What came of jobs' runs, beside the outcomes of cells: in one transaction with what they have sent. Any thread; calls block and throw StoreUnavailableException. */
public final class PostgresJobBooks {
    private static final String FIND = "SELECT * FROM terrane.cell_outcome WHERE key = :key";

    private final Database database;
    private final TickOutgoing outgoing;

    /** @param outgoing takes the commands and events that jobs send */
    public PostgresJobBooks(Database database, TickOutgoing outgoing) {
        this.database = database;
        this.outgoing = outgoing;
    }

    public Optional<Outcome> find(IdempotencyKey key) {
        return database.call(
                "look a run up",
                handle -> handle.createQuery(FIND)
                        .bind("key", key.bytes())
                        .map((row, _) -> OutcomeColumns.read(row))
                        .findOne());
    }

    /**
     * Writes the outcome of a run and what it sends, all or nothing.
     *
     * @return false if the run has an outcome already: that one counts, and nothing was written
     */
    public boolean settle(Outcome outcome, List<CommandEnvelope> sent, List<EventEnvelope> events) {
        return database.call(
                "settle a run",
                handle -> handle.inTransaction(own -> {
                    boolean first = JournalGroup.addOutcomes(own, List.of(outcome)) == 1;
                    if (first) {
                        PostgresJournalStore.send(own, outgoing, sent, events);
                    }
                    return first;
                }));
    }
}
