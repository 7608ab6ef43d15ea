package dev.terrane.postgres.service;

import dev.terrane.command.CommandEnvelope;
import dev.terrane.command.EventEnvelope;
import dev.terrane.postgres.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * What a service has committed and others have not been told yet. Whoever passes it on does: {@link #peek}, append the commands and publish the events, then
 * {@link #drop}. Dying in between, it tells the same again: commands are known by their idempotency keys, events by their ids.
 *
 * <p>Order: what concerns one key was committed in order, so it is peeked in order. Transactions that overlap may come in either order. Any thread may call it, but one
 * caller at a time passes on. Calls block, and throw StoreUnavailableException.
 */
public final class ServiceOutbox {
    private final Database database;
    private final String table;

    public ServiceOutbox(Database database, ServiceSchema schema) {
        this.database = database;
        this.table = schema.name() + ".outbox";
    }

    /**
     * The oldest of what waits.
     *
     * @param ids of the rows, for {@link #drop}
     */
    public record Waiting(List<Long> ids, List<CommandEnvelope> sent, List<EventEnvelope> events) {}

    /** @param transactionCountMax how many transactions to take up at once */
    public Waiting peek(int transactionCountMax) {
        return database.call("read the outbox", handle -> {
            Waiting waiting = new Waiting(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
            handle.createQuery("SELECT id, content FROM " + table + " ORDER BY id LIMIT :count")
                    .bind("count", transactionCountMax)
                    .map((row, _) -> {
                        OutboxRow content = OutboxRow.read(row.getBytes(2));
                        waiting.ids.add(row.getLong(1));
                        waiting.sent.addAll(content.sent());
                        waiting.events.addAll(content.events());
                        return true;
                    })
                    .list();
            return waiting;
        });
    }

    /** Puts commands in, in the caller's transaction: what is sent without having been decided for a command. */
    public void put(Connection connection, List<CommandEnvelope> sent) throws SQLException {
        try (var statement = connection.prepareStatement("INSERT INTO " + table + " (content) VALUES (?)")) {
            statement.setBytes(1, new OutboxRow(sent, List.of()).bytes());
            statement.executeUpdate();
        }
    }

    /** Forgets what has been passed on. */
    public void drop(List<Long> ids) {
        long[] gone = ids.stream().mapToLong(Long::longValue).toArray();
        database.statement("empty the outbox", connection -> {
            try (var statement = connection.prepareStatement("DELETE FROM " + table + " WHERE id = ANY (?)")) {
                statement.setArray(1, SqlArrays.of(connection, gone));
                return statement.executeUpdate();
            }
        });
    }

    /** How long the oldest has waited, in milliseconds; empty: nothing waits. */
    public OptionalLong lagMillis() {
        return database.call(
                "measure the outbox",
                handle -> handle.createQuery("SELECT (extract(epoch FROM clock_timestamp() - at) * 1000)::bigint FROM "
                                + table + " ORDER BY id LIMIT 1")
                        .mapTo(Long.class)
                        .findOne()
                        .map(lag -> OptionalLong.of(Math.max(0, lag)))
                        .orElse(OptionalLong.empty()));
    }
}
