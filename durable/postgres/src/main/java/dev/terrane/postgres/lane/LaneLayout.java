package dev.terrane.postgres.lane;

import dev.terrane.postgres.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * How many partitions the lanes of a database have. A key finds its row by this number: with another one its next command would stand in another row than those that
 * wait, and could overtake them.
 */
public final class LaneLayout {
    private static final String FIRST =
            "INSERT INTO terrane.lane_layout (partition_count) VALUES (?) ON CONFLICT DO NOTHING";
    private static final String STORED = "SELECT partition_count FROM terrane.lane_layout FOR UPDATE";
    private static final String CHANGE = "UPDATE terrane.lane_layout SET partition_count = ?";
    private static final String LEFT = """
        SELECT (SELECT coalesce(sum(terrane.lane_waiting(lane)), 0) FROM (SELECT DISTINCT lane FROM terrane.lane_head) lanes)
               + (SELECT count(*) FROM terrane.lane_parked),
               (SELECT count(*) FROM terrane.dead_letter)
        """;

    private LaneLayout() {}

    /**
     * Call it before anything is appended or consumed. The number may change while no command waits and none is dead.
     *
     * @throws IllegalStateException when the lanes have another number and it cannot be changed now; says what to do
     */
    public static void require(Database database, int partitionCount) {
        database.transaction("look at the layout of the lanes", connection -> {
            set(connection, FIRST, partitionCount);
            int stored = stored(connection);
            if (stored != partitionCount) {
                refuseUnlessIdle(connection, stored, partitionCount);
                set(connection, CHANGE, partitionCount);
            }
            return true;
        });
    }

    private static void set(Connection connection, String statement, int partitionCount) throws SQLException {
        try (PreparedStatement set = connection.prepareStatement(statement)) {
            set.setInt(1, partitionCount);
            set.executeUpdate();
        }
    }

    private static int stored(Connection connection) throws SQLException {
        try (PreparedStatement read = connection.prepareStatement(STORED);
                ResultSet row = read.executeQuery()) {
            row.next();
            return row.getInt(1);
        }
    }

    private static void refuseUnlessIdle(Connection connection, int stored, int asked) throws SQLException {
        try (PreparedStatement read = connection.prepareStatement(LEFT);
                ResultSet row = read.executeQuery()) {
            row.next();
            long waiting = row.getLong(1);
            long dead = row.getLong(2);
            if (waiting + dead > 0) {
                throw new IllegalStateException(
                        "commands.partitions is %d, but the lanes of this database have %d partitions, and %d commands wait in them, %d are dead letters; with another number commands of one key could overtake each other. Start with commands.partitions = %d once more; when every command is carried out and every dead letter retried or dropped (terrane commands dlq), the number may be changed"
                                .formatted(asked, stored, waiting, dead, stored));
            }
        }
    }
}
