package dev.terrane.postgres.service;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What one transaction writes: statements that are gathered while it decides, and sent together at its end with the commit. Others wait for what it has locked, and on a busy machine each answer of
 * the database is a wait of its own: so there is one.
 *
 * <p>They are carried out in the order in which they were added, and all of them or none. One thread at a time.
 */
public final class Writes {
    private static final String COMMIT = "COMMIT";

    private final StringBuilder sql = new StringBuilder(1_024);
    private final List<Object> values = new ArrayList<>();

    /**
     * Adds one statement without a result. Its text is one of a few: the database keeps the plan of each.
     *
     * @param values of its parameters, in order: columns for {@code unnest} as {@code long[]}, {@code short[]}, {@code boolean[]}, {@code byte[][]} or {@code String[]}, or single values
     *     that JDBC knows. They are not copied
     */
    public void add(String statement, Object... values) {
        sql.append(statement).append(";\n");
        Collections.addAll(this.values, values);
    }

    boolean isEmpty() {
        return sql.isEmpty();
    }

    /** Sends everything, and ends the connection's transaction: when this returns, it is committed. If it throws, nothing of it is, unless the connection broke. */
    void commit(Connection connection) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement(sql.append(COMMIT).toString())) {
            for (int i = 0; i < values.size(); i++) {
                bind(connection, statement, 1 + i, values.get(i));
            }
            statement.execute();
        }
    }

    private static void bind(Connection connection, PreparedStatement statement, int index, Object value)
            throws SQLException {
        Array column = switch (value) {
            case long[] numbers -> SqlArrays.of(connection, numbers);
            case short[] numbers -> SqlArrays.of(connection, numbers);
            case boolean[] flags -> SqlArrays.of(connection, flags);
            case byte[][] blobs -> SqlArrays.of(connection, blobs);
            case String[] texts -> SqlArrays.of(connection, texts);
            default -> null;
        };
        if (column == null) {
            statement.setObject(index, value);
        } else {
            statement.setArray(index, column);
        }
    }
}
