package dev.terrane.postgres;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * One real server for all tests of this JVM, its data kept between runs; each test takes a world of its own. The guard stops it when
 * the JVM ends.
 */
public final class SharedPostgres {
    public static final LocalPostgres SERVER = LocalPostgres.start(Path.of("target", "it-data"));
    static final PostgresStore STORE = PostgresStore.open(SERVER.address());
    /** With all rights. */
    public static final Database ADMIN =
            new Database(SERVER.address(), new Database.Options("terrane-test-admin", 2, ""));

    private SharedPostgres() {}

    /** Runs statements as they are; gives the first column of the first row of the last, or nothing. */
    static String sql(String text) {
        DatabaseAddress address = SERVER.address();
        try (Connection connection =
                        DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password());
                Statement statement = connection.createStatement()) {
            boolean rows = statement.execute(text);
            while (!rows && statement.getUpdateCount() != -1) {
                rows = statement.getMoreResults();
            }
            ResultSet result = statement.getResultSet();
            return result != null && result.next() ? String.valueOf(result.getString(1)) : "";
        } catch (SQLException e) {
            throw new AssertionError(text, e);
        }
    }
}
