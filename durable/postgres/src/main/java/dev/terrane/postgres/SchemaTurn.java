package dev.terrane.postgres;

import dev.terrane.checkpoint.StoreUnavailableException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * Whose turn it is to make a schema, or to bring it up to date: many nodes start at once, and Flyway looks whether a schema is there before it queues. Whoever came too late would be told
 * an error by the database.
 *
 * <p>An advisory lock of a connection of its own: it ends with the process. Any thread; blocks.
 */
public final class SchemaTurn implements AutoCloseable {
    private static final String TAKE = "SELECT pg_advisory_lock(hashtextextended('terrane schema ' || ?, 0))";

    private final Connection connection;

    private SchemaTurn(Connection connection) {
        this.connection = connection;
    }

    /**
     * Waits for it.
     *
     * @throws StoreUnavailableException if the database cannot be reached
     */
    public static SchemaTurn take(DatabaseAddress address, String schema) {
        try {
            Connection connection = DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password());
            try (PreparedStatement statement = connection.prepareStatement(TAKE)) {
                statement.setString(1, schema);
                statement.execute();
            } catch (SQLException e) {
                connection.close();
                throw e;
            }
            return new SchemaTurn(connection);
        } catch (SQLException e) {
            throw new StoreUnavailableException(
                    "the schema '" + schema + "' in " + address + " could not be reached: " + e.getMessage(), e);
        }
    }

    /** The next one may. */
    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new StoreUnavailableException("a turn at a schema could not be ended: " + e.getMessage(), e);
        }
    }
}
