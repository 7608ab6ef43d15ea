package dev.terrane.postgres;

import dev.terrane.command.CommandEnvelope;
import dev.terrane.command.EventEnvelope;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Appends the commands and events that cells and jobs send to their lanes and the outbox, together with the effects that they follow from. */
@FunctionalInterface
public interface TickOutgoing {
    /** Within the transaction of the connection, which it neither ends nor keeps. What it throws rolls everything back. */
    void append(Connection connection, List<CommandEnvelope> sent, List<EventEnvelope> events) throws SQLException;

    /** @throws IllegalStateException for whatever is sent: there is nowhere to send it to */
    static TickOutgoing nowhere() {
        return (_, sent, events) -> {
            if (!sent.isEmpty() || !events.isEmpty()) {
                throw new IllegalStateException(sent.size() + " commands and " + events.size()
                        + " events are sent, but this store has no lanes; open it with some");
            }
        };
    }
}
