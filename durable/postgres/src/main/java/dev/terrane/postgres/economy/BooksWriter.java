package dev.terrane.postgres.economy;

import dev.terrane.economy.Account;
import dev.terrane.economy.Books;
import dev.terrane.economy.Hold;
import dev.terrane.economy.Posting;
import dev.terrane.economy.Rate;
import dev.terrane.economy.Wallet;
import dev.terrane.postgres.service.Writes;
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

    void write(Books books, Writes writes) {
        if (!books.opened().isEmpty()) {
            wallets(books.opened(), writes);
        }
        if (!books.posted().isEmpty()) {
            postings(books.posted(), writes);
        }
        if (!books.placed().isEmpty()) {
            holds(books.placed(), writes);
        }
        if (!books.ended().isEmpty()) {
            ends(books.ended(), writes);
        }
        for (Rate rate : books.set()) {
            writes.add(
                    RATE,
                    currencies.id(rate.from()),
                    currencies.id(rate.to()),
                    rate.numerator(),
                    rate.denominator(),
                    rate.feeMillionths());
        }
    }

    private void wallets(List<Account> opened, Writes writes) {
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
        writes.add(WALLETS, ids, addresses, owners, kinds);
    }

    private void postings(List<Posting> postings, Writes writes) {
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
        writes.add(
                POSTINGS,
                new Timestamp(postings.getFirst().cause().atMillis()),
                numbers[0],
                numbers[1],
                numbers[2],
                numbers[3],
                numbers[4],
                ofCurrency,
                kinds,
                numbers[5],
                keys,
                references);
    }

    private static void holds(List<Hold> placed, Writes writes) {
        long[][] numbers = new long[5][placed.size()];
        for (int i = 0; i < placed.size(); i++) {
            Hold hold = placed.get(i);
            numbers[0][i] = hold.id();
            numbers[1][i] = hold.from().id();
            numbers[2][i] = hold.to().id();
            numbers[3][i] = hold.amount();
            numbers[4][i] = hold.expiresAtMillis();
        }
        writes.add(HOLDS, (Object[]) numbers);
    }

    private static void ends(List<Hold.End> ended, Writes writes) {
        long[][] numbers = new long[3][ended.size()];
        for (int i = 0; i < ended.size(); i++) {
            Hold.End end = ended.get(i);
            numbers[0][i] = end.hold();
            numbers[1][i] = end.amount();
            numbers[2][i] = end.captured();
        }
        writes.add(ENDS, (Object[]) numbers);
    }
}
