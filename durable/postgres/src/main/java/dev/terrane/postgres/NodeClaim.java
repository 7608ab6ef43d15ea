package dev.terrane.postgres;

import dev.terrane.checkpoint.StoreUnavailableException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node's name in a database: one process at a time has it. Two under one name would take each other's cells and leases for ever; each write is fenced, so nothing would be lost, but nobody could play.
 *
 * <p>The claim is an advisory lock of a connection of its own: it ends with the process, however that ends, and a restart need not wait. Behind a pooler of transactions it does not hold; give the server a
 * session. Any thread may call it; calls block.
 */
public final class NodeClaim implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NodeClaim.class);
    private static final long PAUSE_MILLIS = 200;
    /** A machine that is gone must not hold its name for hours. */
    private static final String KEEP_ALIVE =
            "SET tcp_keepalives_idle = 5; SET tcp_keepalives_interval = 2; SET tcp_keepalives_count = 3";

    private static final String KEY = "hashtextextended('terrane node ' || ?, 0)";
    private static final String TAKE = "SELECT pg_try_advisory_lock(" + KEY + ")";
    private static final String HOLDER = """
            SELECT coalesce(host(who.client_addr), 'this machine'), who.backend_start::timestamptz(0)::text
            FROM (SELECT %s AS key) AS wanted
            JOIN pg_locks held ON held.locktype = 'advisory' AND held.granted AND held.objsubid = 1
                AND held.database = (SELECT oid FROM pg_database WHERE datname = current_database())
                AND held.classid::bigint = (wanted.key >> 32) & 4294967295 AND held.objid::bigint = wanted.key & 4294967295
            JOIN pg_stat_activity who ON who.pid = held.pid
            """.formatted(KEY);

    private final DatabaseAddress address;
    private final String node;
    private @Nullable Connection connection;
    private boolean closed;
    private boolean lost;

    private NodeClaim(DatabaseAddress address, String node) {
        this.address = address;
        this.node = node;
    }

    /**
     * Takes the name.
     *
     * @param patience how long a process that is just ending may take
     * @throws IllegalStateException when another process has it; says which, and what to do
     * @throws StoreUnavailableException when the database cannot be reached
     */
    public static NodeClaim take(DatabaseAddress address, String node, Duration patience) {
        NodeClaim claim = new NodeClaim(address, node);
        long end = System.nanoTime() + patience.toNanos();
        try {
            while (!claim.tryTake()) {
                if (System.nanoTime() - end >= 0) {
                    String holder = claim.holder();
                    claim.close();
                    throw new IllegalStateException("another server runs as " + node + " on the database " + address
                            + holder + "; stop it first, or give this one a database of its own");
                }
                Thread.sleep(PAUSE_MILLIS);
            }
            return claim;
        } catch (SQLException e) {
            claim.close();
            throw new StoreUnavailableException("could not claim the name " + node + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            claim.close();
            throw new StoreUnavailableException("interrupted while claiming the name " + node, e);
        }
    }

    /** To be called now and then: a database that has started again knows of no locks. */
    public synchronized void renew() {
        if (closed) {
            return;
        }
        try {
            if (tryTake()) {
                lost = false;
            } else if (!lost) {
                lost = true;
                LOG.error("another server has taken the name {} on the database {}{}", node, address, holder());
            }
        } catch (SQLException e) {
            LOG.debug("the claim to {} cannot be renewed now", node, e);
            disconnect();
        }
    }

    /** A lock that is held already is taken once more, which changes nothing: it ends with the session. */
    private synchronized boolean tryTake() throws SQLException {
        try (PreparedStatement statement = connected().prepareStatement(TAKE)) {
            statement.setString(1, node);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    private synchronized String holder() throws SQLException {
        try (PreparedStatement statement = connected().prepareStatement(HOLDER)) {
            statement.setString(1, node);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? " (from " + row.getString(1) + ", since " + row.getString(2) + ")" : "";
            }
        }
    }

    private Connection connected() throws SQLException {
        Connection known = connection;
        if (known == null) {
            Properties options = new Properties();
            options.setProperty("user", address.user());
            options.setProperty("password", address.password());
            options.setProperty("ApplicationName", "terrane-" + node);
            options.setProperty("connectTimeout", "2");
            options.setProperty("loginTimeout", "2");
            options.setProperty("socketTimeout", "8");
            options.setProperty("tcpKeepAlive", "true");
            known = DriverManager.getConnection(address.jdbcUrl(), options);
            connection = known;
            try (Statement statement = known.createStatement()) {
                statement.execute(KEEP_ALIVE);
            }
        }
        return known;
    }

    private void disconnect() {
        Connection known = connection;
        connection = null;
        if (known != null) {
            try {
                known.close();
            } catch (SQLException e) {
                LOG.debug("the connection of the claim to {} was broken already", node, e);
            }
        }
    }

    /** Gives the name back. */
    @Override
    public synchronized void close() {
        closed = true;
        disconnect();
    }
}
