package dev.terrane.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.terrane.checkpoint.StoreUnavailableException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.HandleConsumer;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/** The pool of connections, and what its failures mean to a caller. Any thread may use it. */
public final class Database implements AutoCloseable {
    /** Store threads and admissions; more would only wait for each other in the database. */
    private static final int CONNECTION_COUNT_MAX = 6;

    /**
     * What one pool is like.
     *
     * @param poolName for threads and logs
     * @param role assumed by every connection as soon as it is made: from then on it may do what the role may, and no more; empty: the user's own rights
     */
    public record Options(String poolName, int connectionCountMax, String role) {
        public Options {
            if (!role.matches("[a-z][a-z0-9_]*|")) {
                throw new IllegalArgumentException("'" + role + "' is no name of a role here");
            }
        }
    }

    /** Work on a bare connection. It must not keep the connection. */
    @FunctionalInterface
    public interface TransactionWork<T> {
        /** Runs on the calling thread; what it throws rolls a {@link #transaction} back, and leaves a {@link #statement} that was carried out as it is. */
        T on(Connection connection) throws SQLException;
    }

    private static final long CONNECT_MILLIS_MAX = 2_000;

    /** One statement at the server; a checkpoint of many megabytes takes well under a second. */
    private static final int STATEMENT_MILLIS_MAX = 5_000;

    /** After which the server notices that we are gone, and rolls back instead of carrying out what it was sent: it holds locks. */
    private static final int GONE_MILLIS_MAX = 1_000;

    /** Between two statements of a transaction we decide, and nothing else: longer than this we are frozen, or cut off. */
    private static final int IDLE_MILLIS_MAX = 10_000;

    /** Silence on the wire after which the connection is given up: a server that was cut off cannot say so. */
    private static final int SILENCE_SECONDS_MAX = 8;

    /** SQLSTATE classes that say the call itself is wrong: not supported, no case, data, constraints, states of cursor and routine, schema, syntax and rights, limits of programs, PL/pgSQL, internal. */
    private static final Set<String> REFUSALS =
            Set.of("0A", "20", "21", "22", "23", "24", "2F", "38", "39", "3F", "42", "44", "54", "P0", "XX");

    private final HikariDataSource pool;
    private final Jdbi jdbi;
    private final String name;

    Database(DatabaseAddress address) {
        this(address, new Options("terrane-store", CONNECTION_COUNT_MAX, ""));
    }

    /** Connects when it is first needed, and again whenever the database is back. */
    public Database(DatabaseAddress address, Options options) {
        this.name = address.toString();
        HikariConfig config = new HikariConfig();
        config.setPoolName(options.poolName);
        config.setJdbcUrl(address.jdbcUrl());
        config.setUsername(address.user());
        config.setPassword(address.password());
        config.setMaximumPoolSize(options.connectionCountMax);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(CONNECT_MILLIS_MAX);
        config.setValidationTimeout(CONNECT_MILLIS_MAX / 2);
        config.setInitializationFailTimeout(-1);
        String assume = options.role.isEmpty() ? "" : "; SET ROLE " + options.role;
        config.setConnectionInitSql("SET statement_timeout = " + STATEMENT_MILLIS_MAX
                + "; SET client_connection_check_interval = " + GONE_MILLIS_MAX
                + "; SET idle_in_transaction_session_timeout = " + IDLE_MILLIS_MAX
                + assume);
        config.addDataSourceProperty("connectTimeout", "2");
        config.addDataSourceProperty("loginTimeout", "2");
        config.addDataSourceProperty("socketTimeout", Integer.toString(SILENCE_SECONDS_MAX));
        config.addDataSourceProperty("tcpKeepAlive", "true");
        config.addDataSourceProperty("ApplicationName", options.poolName.toLowerCase(Locale.ROOT));
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
    public <T> T call(String what, HandleCallback<T, RuntimeException> work) {
        try {
            return jdbi.withHandle(work);
        } catch (JdbiException e) {
            throw translated(what, e, sqlCause(e));
        }
    }

    /** Like {@link #call}, for what has no answer. */
    public void run(String what, HandleConsumer<RuntimeException> work) {
        call(what, (Handle handle) -> {
            work.useHandle(handle);
            return true;
        });
    }

    /**
     * Runs work in one transaction on a bare connection: for what is done thousands of times a second.
     *
     * @param what for the message: "carry out commands"
     * @throws StoreUnavailableException when the database is away, slow or shutting down; after a failed commit the work may have been done nevertheless
     * @throws DatabaseRefusedException when it refuses the work: everything is rolled back
     */
    public <T> T transaction(String what, TransactionWork<T> work) {
        try (Connection connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            try {
                T result = work.on(connection);
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException e) {
                rollBack(connection, e);
                throw e;
            }
        } catch (SQLException e) {
            throw translated(what, e, e);
        }
    }

    /**
     * Runs one statement that is a transaction by itself: one wait for the database instead of one for it and one for the commit.
     *
     * @param what for the message: "append to a lane"
     * @param work executes one statement; a second one would be another transaction
     * @throws StoreUnavailableException when the database is away, slow or shutting down; the statement may have been carried out nevertheless
     * @throws DatabaseRefusedException when it refuses the statement
     */
    public <T> T statement(String what, TransactionWork<T> work) {
        try (Connection connection = pool.getConnection()) {
            return work.on(connection);
        } catch (SQLException e) {
            throw translated(what, e, e);
        }
    }

    private static void rollBack(Connection connection, Exception cause) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            cause.addSuppressed(e); // a broken connection: the database rolls back by itself
        }
    }

    @Override
    public void close() {
        pool.close();
    }

    private RuntimeException translated(String what, Exception e, @Nullable SQLException sql) {
        if (sql == null || isAway(sql.getSQLState())) {
            String reason = sql == null ? e.getMessage() : sql.getMessage();
            return new StoreUnavailableException(
                    "could not " + what + ", the database " + name + " is away: " + reason, e);
        }
        return new DatabaseRefusedException(
                "the database " + name + " refused to " + what + ": " + sql.getMessage(), sql.getSQLState(), e);
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

    /**
     * Whether the same call may succeed later. What is no refusal of the call itself counts as away, so that nothing is given up for what an operator or a failover cures: 08 connection, 25006 read-only after a
     * failover, 28 no right to connect, 3D no such database, 40 rolled back, 53 no resources, 55P03 lock, 57 operator intervention or timeout, 58 system error.
     */
    static boolean isAway(@Nullable String state) {
        return state == null || state.length() < 2 || !REFUSALS.contains(state.substring(0, 2));
    }
}
