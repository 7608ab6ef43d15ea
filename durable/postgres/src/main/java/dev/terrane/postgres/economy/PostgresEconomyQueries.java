package dev.terrane.postgres.economy;

import dev.terrane.economy.Currency;
import dev.terrane.economy.EconomyQueries;
import dev.terrane.economy.Posting;
import dev.terrane.postgres.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;

/** Reads what the service has written, with the service's own rights. */
final class PostgresEconomyQueries implements EconomyQueries {
    private static final int ROW_COUNT_MAX = 1_000;
    private static final String BALANCE = """
            SELECT w.address, w.currency, b.available, b.held
            FROM economy.wallet w JOIN economy.balance b ON b.wallet = w.id WHERE w.""";
    private static final String ENTRY = """
            SELECT p.id, p.transaction, p.kind, f.address, t.address, p.currency, p.amount, coalesce(p.reference, ''),
                   coalesce(p.reverses, 0), (extract(epoch FROM p.at) * 1000)::bigint
            FROM economy.posting p
            JOIN economy.wallet f ON f.id = p.from_wallet JOIN economy.wallet t ON t.id = p.to_wallet
            """;
    private static final String OPEN_HOLD = """
            SELECT h.id, f.address, t.address, h.amount, h.expires_at_millis
            FROM economy.open_hold o JOIN economy.hold h ON h.id = o.hold
            JOIN economy.wallet f ON f.id = h.from_wallet JOIN economy.wallet t ON t.id = h.to_wallet
            """;
    private static final String SUMS = """
            SELECT currency, sum(available + held)::bigint, -sum(CASE WHEN issuer THEN available ELSE 0 END)::bigint
            FROM economy.balance GROUP BY currency ORDER BY currency""";
    private static final String DIFFERING = """
            WITH side AS (
                SELECT from_wallet AS wallet, sum(CASE WHEN kind IN (7, 8) THEN 0 ELSE -amount END) AS available,
                       sum(CASE WHEN kind IN (7, 8) THEN -amount ELSE 0 END) AS held
                FROM economy.posting GROUP BY 1
                UNION ALL
                SELECT to_wallet, sum(CASE WHEN kind = 6 THEN 0 ELSE amount END), sum(CASE WHEN kind = 6 THEN amount ELSE 0 END)
                FROM economy.posting GROUP BY 1
            ), posted AS (
                SELECT wallet, sum(available) AS available, sum(held) AS held FROM side GROUP BY 1
            ), waiting AS (
                SELECT h.from_wallet AS wallet, sum(h.amount) AS held
                FROM economy.hold h WHERE NOT EXISTS (SELECT FROM economy.hold_end e WHERE e.hold = h.id) GROUP BY 1
            )
            SELECT w.address
            FROM economy.wallet w JOIN economy.balance b ON b.wallet = w.id
            LEFT JOIN posted p ON p.wallet = w.id LEFT JOIN waiting h ON h.wallet = w.id
            WHERE b.available <> coalesce(p.available, 0) OR b.held <> coalesce(p.held, 0) OR b.held <> coalesce(h.held, 0)
            ORDER BY w.address LIMIT 100""";

    private final Database database;
    private final Currencies currencies;

    PostgresEconomyQueries(Database database, Currencies currencies) {
        this.database = database;
        this.currencies = currencies;
    }

    @Override
    public List<Currency> currencies() {
        return List.copyOf(currencies.byCode().values());
    }

    @Override
    public Optional<Balance> balance(String wallet) {
        return database.call(
                "read a balance",
                handle -> handle.createQuery(BALANCE + "address = :wallet")
                        .bind("wallet", wallet)
                        .map((row, _) -> balance(row))
                        .findOne());
    }

    @Override
    public List<Balance> balances(String owner) {
        return database.call(
                "read balances",
                handle -> handle.createQuery(BALANCE + "owner = :owner ORDER BY w.address LIMIT :count")
                        .bind("owner", owner)
                        .bind("count", ROW_COUNT_MAX)
                        .map((row, _) -> balance(row))
                        .list());
    }

    @Override
    public List<Entry> history(String wallet, long before, int countMax) {
        // Each half comes from its index, newest first; a hold is in both.
        return database.call(
                "read a history",
                handle -> handle.createQuery("""
                        WITH mine AS (SELECT id FROM economy.wallet WHERE address = :wallet), newest AS (
                            (SELECT p.id FROM economy.posting p WHERE from_wallet = (SELECT id FROM mine) AND p.id < :before
                             ORDER BY p.id DESC LIMIT :count)
                            UNION
                            (SELECT p.id FROM economy.posting p WHERE to_wallet = (SELECT id FROM mine) AND p.id < :before
                             ORDER BY p.id DESC LIMIT :count)
                            ORDER BY id DESC LIMIT :count)
                        """ + ENTRY + "JOIN newest ON newest.id = p.id ORDER BY p.id DESC")
                        .bind("wallet", wallet)
                        .bind("before", before)
                        .bind("count", Math.clamp(countMax, 1, ROW_COUNT_MAX))
                        .map((row, _) -> entry(row))
                        .list());
    }

    @Override
    public List<Entry> transaction(long id) {
        return database.call(
                "read a transaction",
                handle -> handle.createQuery(
                                ENTRY + "WHERE p.id >= :id AND p.id - 4 < :id AND p.transaction = :id ORDER BY p.id")
                        .bind("id", id)
                        .map((row, _) -> entry(row))
                        .list());
    }

    @Override
    public List<OpenHold> holds(String wallet) {
        return database.call(
                "read holds",
                handle -> handle.createQuery(
                                OPEN_HOLD
                                        + "WHERE o.from_wallet = (SELECT id FROM economy.wallet WHERE address = :wallet) ORDER BY o.hold")
                        .bind("wallet", wallet)
                        .map((row, _) -> openHold(row))
                        .list());
    }

    @Override
    public List<OpenHold> expiredHolds(long nowMillis, int countMax) {
        return database.call(
                "look for expired holds",
                handle -> handle.createQuery(OPEN_HOLD
                                + "WHERE o.expires_at_millis <= :now ORDER BY o.expires_at_millis, o.hold LIMIT :count")
                        .bind("now", nowMillis)
                        .bind("count", Math.clamp(countMax, 1, ROW_COUNT_MAX))
                        .map((row, _) -> openHold(row))
                        .list());
    }

    @Override
    public Audit audit() {
        return database.call("audit the ledger", handle -> {
            // One moment for all three questions; and it may take its time.
            return handle.inTransaction(TransactionIsolationLevel.REPEATABLE_READ, snapshot -> {
                snapshot.execute("SET LOCAL statement_timeout = 0");
                return new Audit(
                        snapshot.createQuery(SUMS)
                                .map((row, _) ->
                                        new Sum(currencies.code(row.getShort(1)), row.getLong(2), row.getLong(3)))
                                .list(),
                        snapshot.createQuery(DIFFERING).mapTo(String.class).list(),
                        snapshot.createQuery("SELECT count(*) FROM economy.posting")
                                .mapTo(Long.class)
                                .one());
            });
        });
    }

    private Balance balance(ResultSet row) throws SQLException {
        String code = currencies.code(row.getShort(2));
        int decimals = Objects.requireNonNull(currencies.byCode().get(code)).decimals();
        return new Balance(row.getString(1), code, decimals, row.getLong(3), row.getLong(4));
    }

    private Entry entry(ResultSet row) throws SQLException {
        return new Entry(
                row.getLong(1),
                row.getLong(2),
                Posting.Kind.of(row.getInt(3)).name(),
                row.getString(4),
                row.getString(5),
                currencies.code(row.getShort(6)),
                row.getLong(7),
                row.getString(8),
                row.getLong(9),
                row.getLong(10));
    }

    private static OpenHold openHold(ResultSet row) throws SQLException {
        return new OpenHold(row.getLong(1), row.getString(2), row.getString(3), row.getLong(4), row.getLong(5));
    }
}
