package dev.terrane.postgres;

import dev.terrane.checkpoint.TickRecord;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Appends the commands and events that cells send to their lanes and the outbox, together with the effects that they follow from. */
@FunctionalInterface
public interface TickOutgoing {
    /** Within the transaction of the connection, which it neither ends nor keeps. What it throws rolls everything back. */
    void append(Connection connection, List<TickRecord> records) throws SQLException;

    /** @throws IllegalStateException for a record that sends something: there is nowhere to send it to */
    static TickOutgoing nowhere() {
        return (_, records) -> {
            for (TickRecord record : records) {
                if (!record.sent().isEmpty() || !record.events().isEmpty()) {
                    throw new IllegalStateException("cell " + record.entry().cell()
                            + " sends commands or events, but this store has no lanes; open it with some");
                }
            }
        };
    }
}
