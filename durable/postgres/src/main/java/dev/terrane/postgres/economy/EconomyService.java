package dev.terrane.postgres.economy;

import dev.terrane.economy.Asked;
import dev.terrane.economy.Books;
import dev.terrane.economy.EconomyRules;
import dev.terrane.economy.Needs;
import dev.terrane.economy.Ruling;
import dev.terrane.postgres.service.Service;
import dev.terrane.postgres.service.Writes;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** One transaction of the economy: what the wishes name is read, its balances are locked in the order of the wallets, and what was decided is written. */
final class EconomyService implements Service<Books> {
    private final BooksReader reader;
    private final BooksWriter writer;
    private final EconomyRules rules;

    EconomyService(Currencies currencies, EconomyRules rules) {
        this.reader = new BooksReader(currencies);
        this.writer = new BooksWriter(currencies);
        this.rules = rules;
    }

    @Override
    public Books open(Connection connection, List<Wish> wishes, long nowMillis) throws SQLException {
        return reader.read(
                connection, Needs.of(wishes.stream().map(Wish::payload).toList()), nowMillis);
    }

    @Override
    public Decision decide(Books books, Wish wish) {
        Ruling ruling = rules.decide(books, Asked.by(wish.command()), wish.payload());
        return new Decision(ruling.result(), ruling.events(), List.of());
    }

    @Override
    public void write(Books books, Writes writes) {
        writer.write(books, writes);
    }
}
