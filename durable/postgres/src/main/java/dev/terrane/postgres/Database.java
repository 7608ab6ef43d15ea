package dev.terrane.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.terrane.checkpoint.StoreUnavailableException;
import java.sql.SQLException;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.HandleConsumer;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/** The pool of connections, and what its failures mean to a caller. Any thread may use it. */
final class Database implements AutoCloseable {
    /** Store threads and admissions; more would only wait for each other in the database. */
    private static final int CONNECTION_COUNT_MAX = 6;

    private static final long CONNECT_MILLIS_MAX = 2_000;

    /** One statement at the server; a checkpoint of many megabytes takes well under a second. */
    private static final int STATEMENT_MILLIS_MAX = 5_000;

    /** Silence on the wire after which the connection is given up: a server that was cut off cannot say so. */
    private static final int SILENCE_SECONDS_MAX = 8;

    private final HikariDataSource pool;
    private final Jdbi jdbi;
    private final String name;

    Database(DatabaseAddress address) {
        this.name = address.toString();
        HikariConfig config = new HikariConfig();
        config.setPoolName("terrane-store");
        config.setJdbcUrl(address.jdbcUrl());
        config.setUsername(address.user());
        config.setPassword(address.password());
        config.setMaximumPoolSize(CONNECTION_COUNT_MAX);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(CONNECT_MILLIS_MAX);
        config.setValidationTimeout(CONNECT_MILLIS_MAX / 2);
        config.setInitializationFailTimeout(-1);
        config.setConnectionInitSql("SET statement_timeout = " + STATEMENT_MILLIS_MAX);
        config.addDataSourceProperty("connectTimeout", "2");
        config.addDataSourceProperty("loginTimeout", "2");
        config.addDataSourceProperty("socketTimeout", Integer.toString(SILENCE_SECONDS_MAX));
        config.addDataSourceProperty("tcpKeepAlive", "true");
        config.addDataSourceProperty("ApplicationName", "terrane");
        this.pool = new HikariDataSource(config);
        this.jdbi = Jdbi.create(pool).registerArrayType(UUID.class, "uuid");
    }

    /**
     * Runs one call on a connection of its own.
     *
     * @param what for the message: "save a checkpoint"
     * @throws StoreUnavailableException when the database is away, slow or shutting down: nothing is known to have been decided
     * @throws IllegalStateException when it refuses the call itself: a bug, or a schema of another version
     */
    <T> T call(String what, HandleCallback<T, RuntimeException> work) {
        try {
            return jdbi.withHandle(work);
        } catch (JdbiException e) {
            throw translated(what, e);
        }
    }

    void run(String what, HandleConsumer<RuntimeException> work) {
        call(what, (Handle handle) -> {
            work.useHandle(handle);
            return true;
        });
    }

    @Override
    public void close() {
        pool.close();
    }

    private RuntimeException translated(String what, JdbiException e) {
        SQLException sql = sqlCause(e);
        String reason = sql == null ? e.getMessage() : sql.getMessage();
        if (sql == null || isAway(sql.getSQLState())) {
            return new StoreUnavailableException(
                    "could not " + what + ", the database " + name + " is away: " + reason, e);
        }
        return new IllegalStateException("the database " + name + " refused to " + what + ": " + reason, e);
    }

    private static @Nullable SQLException sqlCause(Throwable e) {
        SQLException found = null;
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                found = sql; // the deepest is the driver's own, with the state
            }
        }
        return found;
    }

    /** SQLSTATE classes: 08 connection, 53 no resources, 57 operator intervention or timeout, 58 system error, 40 rolled back, 55P03 lock. */
    private static boolean isAway(@Nullable String state) {
        return state == null
                || state.startsWith("08")
                || state.startsWith("53")
                || state.startsWith("57")
                || state.startsWith("58")
                || state.startsWith("40")
                || state.equals("55P03");
    }
}
