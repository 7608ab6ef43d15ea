package dev.terrane.postgres.service;

import dev.terrane.command.CommandEnvelope;
import dev.terrane.command.EventEnvelope;
import dev.terrane.command.LaneRoutes;
import dev.terrane.postgres.TickOutgoing;
import dev.terrane.postgres.lane.LaneAppends;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** What cells and jobs send: commands straight into their lanes, events into the outbox of the schema {@code terrane}. */
public final class CellOutgoing implements TickOutgoing {
    /** Where the events are read again. */
    public static final ServiceSchema SCHEMA = new ServiceSchema("terrane");

    private final LaneAppends lanes;

    public CellOutgoing(LaneRoutes routes) {
        this.lanes = new LaneAppends(routes);
    }

    @Override
    public void append(Connection connection, List<CommandEnvelope> sent, List<EventEnvelope> events)
            throws SQLException {
        if (!events.isEmpty()) {
            try (PreparedStatement insert =
                    connection.prepareStatement("INSERT INTO terrane.outbox (content) VALUES (?)")) {
                insert.setBytes(1, new OutboxRow(List.of(), events).bytes());
                insert.executeUpdate();
            }
        }
        lanes.append(connection, sent);
    }
}
