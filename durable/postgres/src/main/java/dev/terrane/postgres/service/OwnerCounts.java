package dev.terrane.postgres.service;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * How many rows of a table are somebody's, while nobody else adds one: until the transaction ends, whoever else wants to count the same owner waits. To be asked before any
 * row is locked, or two transactions could wait for each other.
 */
public final class OwnerCounts {
    /** In the order of the hashes, the same for everybody. */
    private static final String LOCK = """
            SELECT pg_advisory_xact_lock(hashtext(?), sorted.hash)
            FROM (SELECT DISTINCT hashtext(owner) AS hash FROM unnest(?) AS owner ORDER BY 1) AS sorted""";

    private final String table;
    private final String count;

    /**
     * @param table with a column {@code owner} that has an index
     * @param countMax more are not counted
     */
    public OwnerCounts(String table, int countMax) {
        this.table = table;
        this.count = "SELECT wanted.owner, (SELECT count(*) FROM (SELECT FROM " + table
                + " held WHERE held.owner = wanted.owner LIMIT " + countMax
                + ") AS few) FROM unnest(?) AS wanted (owner)";
    }

    /** Waits for those who are adding to one of these owners. */
    public Map<String, Integer> lockAndCount(Connection connection, Collection<String> owners) throws SQLException {
        String[] names = owners.toArray(String[]::new);
        try (PreparedStatement lock = connection.prepareStatement(LOCK)) {
            lock.setString(1, table);
            lock.setArray(2, SqlArrays.of(connection, names));
            lock.execute();
        }
        // A statement of its own: it sees what those have committed for whom the one before had to wait.
        Map<String, Integer> counts = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(count)) {
            statement.setArray(1, SqlArrays.of(connection, names));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    counts.put(rows.getString(1), rows.getInt(2));
                }
            }
        }
        return counts;
    }
}
