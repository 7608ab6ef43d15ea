package dev.terrane.postgres.service;

import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.PGConnection;

/** Columns as arrays, for {@code unnest}: one statement writes any number of rows. */
public final class SqlArrays {
    private SqlArrays() {}

    public static Array of(Connection connection, long[] values) throws SQLException {
        return connection.unwrap(PGConnection.class).createArrayOf("int8", values);
    }

    public static Array of(Connection connection, short[] values) throws SQLException {
        return connection.unwrap(PGConnection.class).createArrayOf("int2", values);
    }

    public static Array of(Connection connection, boolean[] values) throws SQLException {
        return connection.unwrap(PGConnection.class).createArrayOf("bool", values);
    }

    public static Array of(Connection connection, byte[][] values) throws SQLException {
        return connection.createArrayOf("bytea", values);
    }

    public static Array of(Connection connection, String[] values) throws SQLException {
        return connection.createArrayOf("text", values);
    }
}
