package dev.terrane.postgres.economy;

import dev.terrane.economy.Account;
import dev.terrane.economy.Books;
import dev.terrane.economy.Hold;
import dev.terrane.economy.Posting;
import dev.terrane.economy.Rate;
import dev.terrane.economy.Wallet;
import dev.terrane.postgres.service.SqlArrays;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.List;

/** Writes what books have noted down: one statement per table, however many rows. */
final class BooksWriter {
    private static final String WALLETS = """
            INSERT INTO economy.wallet (id, address, owner, currency)
            SELECT * FROM unnest(?::bigint[], ?::text[], ?::text[], ?::smallint[])""";
    private static final String POSTINGS = """
            INSERT INTO economy.posting (id, transaction, from_wallet, to_wallet, amount, currency, kind, reverses, key, reference, at)
            SELECT id, transaction, from_wallet, to_wallet, amount, currency, kind, nullif(reverses, 0), key, nullif(reference, ''), ?
            FROM unnest(?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::smallint[], ?::smallint[], ?::bigint[], ?::bytea[], ?::text[])
                AS t (id, transaction, from_wallet, to_wallet, amount, currency, kind, reverses, key, reference)""";
    private static final String HOLDS = """
            INSERT INTO economy.hold (id, from_wallet, to_wallet, amount, expires_at_millis)
            SELECT * FROM unnest(?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[])""";
    private static final String ENDS = """
            INSERT INTO economy.hold_end (hold, amount, captured)
            SELECT * FROM unnest(?::bigint[], ?::bigint[], ?::bigint[])""";
    private static final String RATE =
            "INSERT INTO economy.rate (from_currency, to_currency, numerator, denominator, fee_millionths) VALUES (?, ?, ?, ?, ?)";

    private final Currencies currencies;

    BooksWriter(Currencies currencies) {
        this.currencies = currencies;
    }

    void write(Connection connection, Books books) throws SQLException {
        if (!books.opened().isEmpty()) {
            wallets(connection, books.opened());
        }
        if (!books.posted().isEmpty()) {
            postings(connection, books.posted());
        }
        if (!books.placed().isEmpty()) {
            holds(connection, books.placed());
        }
        if (!books.ended().isEmpty()) {
            ends(connection, books.ended());
        }
        for (Rate rate : books.set()) {
            rate(connection, rate);
        }
    }

    private void wallets(Connection connection, List<Account> opened) throws SQLException {
        long[] ids = new long[opened.size()];
        String[] addresses = new String[ids.length];
        String[] owners = new String[ids.length];
        short[] kinds = new short[ids.length];
        for (int i = 0; i < ids.length; i++) {
            Wallet wallet = opened.get(i).wallet();
            ids[i] = wallet.id();
            addresses[i] = wallet.address();
            owners[i] = wallet.owner();
            kinds[i] = currencies.id(wallet.currency());
        }
        try (PreparedStatement statement = connection.prepareStatement(WALLETS)) {
            statement.setArray(1, SqlArrays.of(connection, ids));
            statement.setArray(2, SqlArrays.of(connection, addresses));
            statement.setArray(3, SqlArrays.of(connection, owners));
            statement.setArray(4, SqlArrays.of(connection, kinds));
            statement.executeUpdate();
        }
    }

    private void postings(Connection connection, List<Posting> postings) throws SQLException {
        int count = postings.size();
        long[][] numbers = new long[6][count];
        short[] ofCurrency = new short[count];
        short[] kinds = new short[count];
        byte[][] keys = new byte[count][];
        String[] references = new String[count];
        for (int i = 0; i < count; i++) {
            Posting posting = postings.get(i);
            Posting.Move move = posting.move();
            numbers[0][i] = posting.id();
            numbers[1][i] = posting.transaction();
            numbers[2][i] = move.from().id();
            numbers[3][i] = move.to().id();
            numbers[4][i] = move.amount();
            numbers[5][i] = posting.reverses();
            ofCurrency[i] = currencies.id(move.from().currency());
            kinds[i] = (short) move.kind().code();
            keys[i] = posting.cause().key().bytes();
            references[i] = posting.cause().reference();
        }
        try (PreparedStatement statement = connection.prepareStatement(POSTINGS)) {
            statement.setTimestamp(1, new Timestamp(postings.getFirst().cause().atMillis()));
            for (int column = 0; column < 5; column++) {
                statement.setArray(2 + column, SqlArrays.of(connection, numbers[column]));
            }
            statement.setArray(7, SqlArrays.of(connection, ofCurrency));
            statement.setArray(8, SqlArrays.of(connection, kinds));
            statement.setArray(9, SqlArrays.of(connection, numbers[5]));
            statement.setArray(10, SqlArrays.of(connection, keys));
            statement.setArray(11, SqlArrays.of(connection, references));
            statement.executeUpdate();
        }
    }

    private static void holds(Connection connection, List<Hold> placed) throws SQLException {
        long[][] numbers = new long[5][placed.size()];
        for (int i = 0; i < placed.size(); i++) {
            Hold hold = placed.get(i);
            numbers[0][i] = hold.id();
            numbers[1][i] = hold.from().id();
            numbers[2][i] = hold.to().id();
            numbers[3][i] = hold.amount();
            numbers[4][i] = hold.expiresAtMillis();
        }
        insert(connection, HOLDS, numbers);
    }

    private static void ends(Connection connection, List<Hold.End> ended) throws SQLException {
        long[][] numbers = new long[3][ended.size()];
        for (int i = 0; i < ended.size(); i++) {
            Hold.End end = ended.get(i);
            numbers[0][i] = end.hold();
            numbers[1][i] = end.amount();
            numbers[2][i] = end.captured();
        }
        insert(connection, ENDS, numbers);
    }

    private static void insert(Connection connection, String sql, long[][] columns) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int column = 0; column < columns.length; column++) {
                statement.setArray(1 + column, SqlArrays.of(connection, columns[column]));
            }
            statement.executeUpdate();
        }
    }

    private void rate(Connection connection, Rate rate) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(RATE)) {
            statement.setShort(1, currencies.id(rate.from()));
            statement.setShort(2, currencies.id(rate.to()));
            statement.setLong(3, rate.numerator());
            statement.setLong(4, rate.denominator());
            statement.setInt(5, rate.feeMillionths());
            statement.executeUpdate();
        }
    }
}
