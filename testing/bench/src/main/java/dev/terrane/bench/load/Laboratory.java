package dev.terrane.bench.load;

import dev.terrane.bench.load.os.Cores;
import dev.terrane.postgres.DatabaseAddress;
import dev.terrane.postgres.LocalPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * What all runs share: pinned cores, a database that does not disturb, the server's JVM flags.
 *
 * @param jvm flags of the server's process, and of the floor's
 * @param goesFirst whether everything else on the machine has to wait
 */
record Laboratory(Cores cores, List<String> jvm, LocalPostgres postgres, Progress progress, boolean goesFirst)
        implements AutoCloseable {

    private static final String DATABASE = "bench";

    /** Told what happens, for a person who waits. */
    @FunctionalInterface
    interface Progress {
        void say(String line);
    }

    static Laboratory open(Cores cores, List<String> jvm, Path data, Progress progress, boolean goesFirst) {
        if (goesFirst) {
            Cores.goFirst();
        }
        cores.leaveServerAlone();
        return new Laboratory(cores, jvm, LocalPostgres.start(data, progress::say), progress, goesFirst);
    }

    /** An empty database for the next server, for worlds do not share one. The one before it is gone, with everything in it. */
    DatabaseAddress emptyDatabase() {
        DatabaseAddress home = postgres.address();
        try (Connection connection = DriverManager.getConnection(home.jdbcUrl(), home.user(), home.password());
                Statement statement = connection.createStatement()) {
            statement.execute("DROP DATABASE IF EXISTS " + DATABASE + " WITH (FORCE)");
            statement.execute("CREATE DATABASE " + DATABASE);
        } catch (SQLException e) {
            throw new IllegalStateException("no database for the server could be made: " + e.getMessage(), e);
        }
        String server = home.jdbcUrl().substring(0, home.jdbcUrl().lastIndexOf('/') + 1);
        return new DatabaseAddress(server + DATABASE, home.user(), home.password());
    }

    @Override
    public void close() {
        postgres.close();
    }
}
