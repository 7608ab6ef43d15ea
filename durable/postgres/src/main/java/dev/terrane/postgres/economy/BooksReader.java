package dev.terrane.postgres.economy;

import dev.terrane.command.IdempotencyKey;
import dev.terrane.economy.Account;
import dev.terrane.economy.Books;
import dev.terrane.economy.EconomyLimits;
import dev.terrane.economy.Hold;
import dev.terrane.economy.Needs;
import dev.terrane.economy.Posting;
import dev.terrane.economy.Rate;
import dev.terrane.economy.Wallet;
import dev.terrane.economy.WalletAddress;
import dev.terrane.postgres.service.OwnerCounts;
import dev.terrane.postgres.service.SqlArrays;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Reads what some commands need. First what never changes: wallets, holds, postings. Then the balances are locked; only what is read after that can be trusted to stay:
 * which holds have ended, what was reversed.
 */
final class BooksReader {
    private static final String WALLETS = "SELECT id, address FROM economy.wallet WHERE address = ANY (?)";
    private static final String LOCK = "SELECT wallet, available, held FROM economy.lock_balances(?)";
    private static final String HOLDS = """
            SELECT h.id, h.amount, h.expires_at_millis, f.id, f.address, t.id, t.address
            FROM economy.hold h JOIN economy.wallet f ON f.id = h.from_wallet JOIN economy.wallet t ON t.id = h.to_wallet
            WHERE h.id = ANY (?)""";
    private static final String ENDED = "SELECT hold FROM economy.hold_end WHERE hold = ANY (?)";
    private static final String POSTINGS = """
            SELECT p.id, p.transaction, p.kind, p.amount, p.key, coalesce(p.reference, ''), f.id, f.address, t.id, t.address
            FROM unnest(?) AS wanted (id)
            JOIN economy.posting p ON p.id >= wanted.id AND p.id < wanted.id + 4 AND p.transaction = wanted.id
            JOIN economy.wallet f ON f.id = p.from_wallet JOIN economy.wallet t ON t.id = p.to_wallet
            ORDER BY p.id""";
    private static final String REVERSED = "SELECT reverses FROM economy.posting WHERE reverses = ANY (?)";
    private static final String RATES = """
            SELECT DISTINCT ON (from_currency, to_currency) from_currency, to_currency, numerator, denominator, fee_millionths
            FROM economy.rate ORDER BY from_currency, to_currency, id DESC""";

    private static final OwnerCounts WALLET_COUNTS =
            new OwnerCounts("economy.wallet", EconomyLimits.WALLETS_PER_CHARACTER_MAX);

    private final Currencies currencies;
    private final WalletCache cache = new WalletCache();

    BooksReader(Currencies currencies) {
        this.currencies = currencies;
    }

    Books read(Connection connection, Needs needs, long nowMillis) throws SQLException {
        Map<String, Integer> walletCounts =
                needs.openers().isEmpty() ? Map.of() : WALLET_COUNTS.lockAndCount(connection, needs.openers());
        List<Hold> holds = needs.holds().isEmpty() ? List.of() : holds(connection, needs.holds());
        Map<Long, List<Posting>> transactions =
                needs.transactions().isEmpty() ? Map.of() : transactions(connection, needs.transactions());
        Set<String> addresses = new TreeSet<>(needs.wallets());
        holds.forEach(hold -> addresses.add(hold.to().address()));
        transactions.values().stream().flatMap(List::stream).forEach(posting -> {
            addresses.add(posting.move().from().address());
            addresses.add(posting.move().to().address());
        });
        Books books = lock(connection, wallets(connection, addresses), nowMillis);
        walletCounts.forEach(books::know);
        Set<Long> ended = holds.isEmpty() ? Set.of() : longs(connection, ENDED, needs.holds());
        holds.forEach(hold -> books.know(hold, ended.contains(hold.id())));
        if (!transactions.isEmpty()) {
            List<Long> ids = transactions.values().stream()
                    .flatMap(List::stream)
                    .map(Posting::id)
                    .toList();
            Set<Long> reversed = longs(connection, REVERSED, ids);
            transactions
                    .values()
                    .forEach(postings -> books.know(
                            postings, postings.stream().anyMatch(posting -> reversed.contains(posting.id()))));
        }
        if (needs.rates()) {
            rates(connection, books);
        }
        return books;
    }

    private Books lock(Connection connection, Map<Long, Wallet> wallets, long nowMillis) throws SQLException {
        long[] ids = wallets.keySet().stream().mapToLong(Long::longValue).toArray();
        List<Account> accounts = new ArrayList<>(ids.length);
        long firstNumber = 0;
        try (PreparedStatement statement = connection.prepareStatement(LOCK)) {
            statement.setArray(1, SqlArrays.of(connection, ids));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    Wallet wallet = wallets.get(rows.getLong(1));
                    if (wallet == null) {
                        firstNumber = rows.getLong(2);
                    } else {
                        accounts.add(new Account(wallet, rows.getLong(2), rows.getLong(3)));
                    }
                }
            }
        }
        Books books = new Books(currencies.byCode(), firstNumber, () -> nowMillis);
        accounts.forEach(books::know);
        return books;
    }

    private Map<Long, Wallet> wallets(Connection connection, Set<String> addresses) throws SQLException {
        Map<Long, Wallet> found = new TreeMap<>();
        List<String> unknown = new ArrayList<>();
        for (String address : addresses) {
            Wallet wallet = cache.get(address);
            if (wallet == null) {
                unknown.add(address);
            } else {
                found.put(wallet.id(), wallet);
            }
        }
        if (unknown.isEmpty()) {
            return found;
        }
        try (PreparedStatement statement = connection.prepareStatement(WALLETS)) {
            statement.setArray(1, SqlArrays.of(connection, unknown.toArray(String[]::new)));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    Wallet wallet = wallet(rows, 1);
                    cache.put(wallet);
                    found.put(wallet.id(), wallet);
                }
            }
        }
        return found;
    }

    private static List<Hold> holds(Connection connection, Collection<Long> ids) throws SQLException {
        List<Hold> holds = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(HOLDS)) {
            statement.setArray(1, array(connection, ids));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    holds.add(new Hold(
                            rows.getLong(1), wallet(rows, 4), wallet(rows, 6), rows.getLong(2), rows.getLong(3)));
                }
            }
        }
        return holds;
    }

    private static Map<Long, List<Posting>> transactions(Connection connection, Collection<Long> ids)
            throws SQLException {
        Map<Long, List<Posting>> found = new LinkedHashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(POSTINGS)) {
            statement.setArray(1, array(connection, ids));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    Posting.Move move = new Posting.Move(
                            Posting.Kind.of(rows.getInt(3)), wallet(rows, 7), wallet(rows, 9), rows.getLong(4));
                    Posting.Cause cause = new Posting.Cause(IdempotencyKey.of(rows.getBytes(5)), rows.getString(6), 0);
                    found.computeIfAbsent(rows.getLong(2), _ -> new ArrayList<>())
                            .add(new Posting(rows.getLong(1), rows.getLong(2), move, cause, 0));
                }
            }
        }
        return found;
    }

    private void rates(Connection connection, Books books) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(RATES);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                books.know(new Rate(
                        currencies.code(rows.getShort(1)),
                        currencies.code(rows.getShort(2)),
                        rows.getLong(3),
                        rows.getLong(4),
                        rows.getInt(5)));
            }
        }
    }

    private static Set<Long> longs(Connection connection, String query, Collection<Long> ids) throws SQLException {
        Set<Long> found = new HashSet<>();
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setArray(1, array(connection, ids));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(rows.getLong(1));
                }
            }
        }
        return found;
    }

    private static Array array(Connection connection, Collection<Long> ids) throws SQLException {
        return SqlArrays.of(connection, ids.stream().mapToLong(Long::longValue).toArray());
    }

    /** From its number and, in the next column, its address, which says everything else. */
    private static Wallet wallet(ResultSet row, int column) throws SQLException {
        String address = row.getString(column + 1);
        return Wallet.of(
                row.getLong(column),
                WalletAddress.parse(address)
                        .orElseThrow(() -> new IllegalStateException("the ledger has a wallet called " + address)));
    }
}
