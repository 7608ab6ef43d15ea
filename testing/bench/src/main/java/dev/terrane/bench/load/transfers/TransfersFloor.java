package dev.terrane.bench.load.transfers;

import dev.terrane.postgres.DatabaseAddress;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * What the same rows cost in raw SQL: two balances and a posting, and an outcome where each transfer is a transaction of its own. Nobody checks who may pay, nobody
 * asks twice, nobody is answered.
 */
final class TransfersFloor {
    private static final String SCHEMA = """
            DROP SCHEMA IF EXISTS bench CASCADE;
            CREATE SCHEMA bench;
            CREATE TABLE bench.wallet (id bigint PRIMARY KEY, balance bigint NOT NULL CHECK (balance >= 0)) WITH (fillfactor = 50);
            CREATE TABLE bench.posting (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, from_wallet bigint NOT NULL,
                to_wallet bigint NOT NULL, amount bigint NOT NULL CHECK (amount > 0), at timestamptz NOT NULL DEFAULT now());
            CREATE INDEX ON bench.posting (from_wallet, id);
            CREATE INDEX ON bench.posting (to_wallet, id);
            CREATE TABLE bench.outcome (key bytea PRIMARY KEY, payload_hash bigint NOT NULL, result bytea NOT NULL, at timestamptz NOT NULL DEFAULT now());
            """;
    private static final String SINGLE = """
            WITH paid AS (UPDATE bench.wallet SET balance = balance + CASE id WHEN ? THEN -? ELSE ? END WHERE id IN (?, ?)),
                 posted AS (INSERT INTO bench.posting (from_wallet, to_wallet, amount) VALUES (?, ?, ?))
            INSERT INTO bench.outcome (key, payload_hash, result) VALUES (decode(md5(?) || md5(?), 'hex'), 1, '\\x0102030405060708')""";
    private static final String SET_POSTINGS =
            "INSERT INTO bench.posting (from_wallet, to_wallet, amount) SELECT * FROM unnest(?::bigint[], ?::bigint[], ?::bigint[])";
    private static final String SET_LOCK =
            "SELECT id FROM bench.wallet WHERE id = ANY (?) ORDER BY id FOR NO KEY UPDATE";
    private static final String SET_BALANCES =
            "UPDATE bench.wallet w SET balance = balance + d.amount FROM unnest(?::bigint[], ?::bigint[]) AS d (id, amount) WHERE w.id = d.id";
    static final int SET_COUNT = 200;

    private final DatabaseAddress address;
    private final int walletCount;

    TransfersFloor(DatabaseAddress address, int walletCount) {
        this.address = address;
        this.walletCount = walletCount;
    }

    private interface Work {
        long once(Connection connection, Wealth wealth) throws SQLException;
    }

    void create() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(SCHEMA);
            statement.execute("INSERT INTO bench.wallet SELECT i, 1000000000 FROM generate_series(0, "
                    + (walletCount - 1) + ") i");
            statement.execute("VACUUM ANALYZE bench.wallet");
        }
    }

    void drop() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("DROP SCHEMA bench CASCADE");
        }
    }

    /** Transfers per second, each a transaction of its own, over some connections. */
    double singles(int connectionCount, double seconds) throws InterruptedException {
        return run(connectionCount, seconds, (connection, wealth) -> {
            try (PreparedStatement statement = connection.prepareStatement(SINGLE)) {
                // Both rows are taken in the order of their ids by nearly every plan; a deadlock would only cost this
                // one.
                long a = wealth.pick();
                long b = wealth.pickOther((int) a);
                long[] values = {a, 5, 5, Math.min(a, b), Math.max(a, b), a, b, 5};
                for (int i = 0; i < values.length; i++) {
                    statement.setLong(1 + i, values[i]);
                }
                String key = Long.toHexString(System.nanoTime()) + a;
                statement.setString(9, key);
                statement.setString(10, b + key);
                statement.executeUpdate();
                connection.commit();
            }
            return 1;
        });
    }

    /** Transfers per second in sets of {@link #SET_COUNT}. */
    double sets(int connectionCount, double seconds) throws InterruptedException {
        return run(connectionCount, seconds, (connection, wealth) -> {
            Long[][] postings = new Long[3][SET_COUNT];
            TreeMap<Long, Long> changes = new TreeMap<>();
            for (int i = 0; i < SET_COUNT; i++) {
                long from = wealth.pick();
                long to = wealth.pickOther((int) from);
                postings[0][i] = from;
                postings[1][i] = to;
                postings[2][i] = 5L;
                changes.merge(from, -5L, Long::sum);
                changes.merge(to, 5L, Long::sum);
            }
            Long[] ids = changes.keySet().toArray(Long[]::new);
            Long[] amounts = changes.values().toArray(Long[]::new);
            execute(connection, SET_LOCK, new Long[][] {ids});
            execute(connection, SET_BALANCES, new Long[][] {ids, amounts});
            execute(connection, SET_POSTINGS, postings);
            connection.commit();
            return SET_COUNT;
        });
    }

    private static void execute(Connection connection, String sql, Long[][] columns) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < columns.length; i++) {
                statement.setArray(1 + i, connection.createArrayOf("int8", columns[i]));
            }
            statement.execute();
        }
    }

    private double run(int connectionCount, double seconds, Work work) throws InterruptedException {
        long begin = System.nanoTime();
        long end = begin + (long) (seconds * 1e9);
        try (ExecutorService threads = Executors.newFixedThreadPool(connectionCount)) {
            List<Future<Long>> counts = new ArrayList<>();
            for (int i = 0; i < connectionCount; i++) {
                Wealth wealth = new Wealth(i + 77, walletCount, 0, "");
                counts.add(threads.submit(() -> {
                    long count = 0;
                    try (Connection connection = connect()) {
                        connection.setAutoCommit(false);
                        while (System.nanoTime() < end) {
                            count += attempt(connection, wealth, work);
                        }
                    }
                    return count;
                }));
            }
            long total = 0;
            for (Future<Long> count : counts) {
                total += count.get();
            }
            return total * 1e9 / (System.nanoTime() - begin);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the floor failed: " + e.getCause(), e);
        }
    }

    private static long attempt(Connection connection, Wealth wealth, Work work) throws SQLException {
        try {
            return work.once(connection, wealth);
        } catch (SQLException e) {
            if (!"40P01".equals(e.getSQLState())) {
                throw e;
            }
            connection.rollback();
            return 0;
        }
    }

    private Connection connect() throws SQLException {
        Properties login = new Properties();
        login.setProperty("user", address.user());
        login.setProperty("password", address.password());
        return DriverManager.getConnection(address.jdbcUrl(), login);
    }
}
