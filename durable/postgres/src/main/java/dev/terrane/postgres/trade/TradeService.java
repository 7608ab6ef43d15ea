package dev.terrane.postgres.trade;

import dev.terrane.command.Resulted;
import dev.terrane.postgres.service.Service;
import dev.terrane.postgres.service.SqlArrays;
import dev.terrane.postgres.service.Writes;
import dev.terrane.trade.Offer;
import dev.terrane.trade.Trade;
import dev.terrane.trade.TradeBooks;
import dev.terrane.trade.TradeCommands;
import dev.terrane.trade.TradeRules;
import dev.terrane.trade.TradeRuling;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;

/** One transaction of the trade: the offers and trades that the wishes name are read and locked in the order of their ids, and what was decided is written. */
final class TradeService implements Service<TradeService.Ledger> {
    private static final String OFFERS =
            "SELECT id, owner, currency, unit_price, buys, deliver, what FROM trade.offer WHERE id = ANY (?) ORDER BY id FOR UPDATE";
    private static final String TRADES = "SELECT * FROM trade.trade WHERE id = ANY (?) ORDER BY id FOR UPDATE";
    private static final String PUT_OFFER = """
            INSERT INTO trade.offer (id, owner, currency, unit_price, buys, deliver, what)
            SELECT * FROM unnest(?::text[], ?::text[], ?::text[], ?::bigint[], ?::boolean[], ?::text[], ?::text[])
            ON CONFLICT (id) DO UPDATE
            SET owner = excluded.owner, currency = excluded.currency, unit_price = excluded.unit_price,
                buys = excluded.buys, deliver = excluded.deliver, what = excluded.what
            """;
    private static final String PUT_TRADE = """
            INSERT INTO trade.trade (id, customer, offer, owner, currency, unit_price, buys, deliver, what,
                                     quantity, target, total, state, hold, hold_until_millis, error_code, reason)
            SELECT * FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::bigint[], ?::boolean[], ?::text[], ?::text[],
                                 ?::bigint[], ?::text[], ?::bigint[], ?::text[], ?::bigint[], ?::bigint[], ?::text[], ?::text[])
            ON CONFLICT (id) DO UPDATE
            SET state = excluded.state, hold = excluded.hold, hold_until_millis = excluded.hold_until_millis, error_code = excluded.error_code,
                reason = excluded.reason, changed_at = now()
            """;

    private final TradeRules rules;

    TradeService(TradeRules rules) {
        this.rules = rules;
    }

    /** The books of one transaction, and its time. */
    record Ledger(TradeBooks books, long nowMillis) {}

    @Override
    public Ledger open(Connection connection, List<Wish> wishes, long nowMillis) throws SQLException {
        TreeSet<String> offers = new TreeSet<>();
        TreeSet<String> trades = new TreeSet<>();
        for (Wish wish : wishes) {
            switch (wish.payload()) {
                case TradeCommands.Post post -> offers.add(post.offer());
                case TradeCommands.Accept accept -> {
                    offers.add(accept.offer());
                    trades.add(TradeRules.idOf(wish.command()));
                }
                case Resulted resulted -> trades.add(resulted.matter());
                default -> {} // the rules refuse it
            }
        }
        return new Ledger(new TradeBooks(offers(connection, offers), trades(connection, trades)), nowMillis);
    }

    @Override
    public Decision decide(Ledger ledger, Wish wish) {
        TradeRuling ruling = rules.decide(ledger.books, wish.command(), wish.payload(), ledger.nowMillis);
        return new Decision(ruling.result(), ruling.events(), ruling.sent());
    }

    @Override
    public void write(Ledger ledger, Writes writes) {
        Collection<Offer> offers = ledger.books.changedOffers().values();
        if (!offers.isEmpty()) {
            List<Object> columns = new ArrayList<>();
            columns.add(texts(offers, Offer::id));
            addTerms(columns, offers);
            writes.add(PUT_OFFER, columns.toArray());
        }
        Collection<Trade> trades = ledger.books.changedTrades().values();
        if (!trades.isEmpty()) {
            List<Object> columns = new ArrayList<>();
            columns.add(texts(trades, Trade::id));
            columns.add(texts(trades, Trade::customer));
            columns.add(texts(trades, trade -> trade.offer().id()));
            addTerms(columns, trades.stream().map(Trade::offer).toList());
            columns.add(trades.stream().mapToLong(Trade::quantity).toArray());
            columns.add(texts(trades, Trade::target));
            columns.add(trades.stream().mapToLong(Trade::total).toArray());
            columns.add(texts(trades, trade -> trade.state().name()));
            columns.add(trades.stream().mapToLong(Trade::hold).toArray());
            columns.add(trades.stream().mapToLong(Trade::holdUntilMillis).toArray());
            columns.add(texts(trades, Trade::errorCode));
            columns.add(texts(trades, Trade::reason));
            writes.add(PUT_TRADE, columns.toArray());
        }
    }

    /** What offers and trades have in common, in the order of the tables. */
    private static void addTerms(List<Object> columns, Collection<Offer> offers) {
        boolean[] buys = new boolean[offers.size()];
        int row = 0;
        for (Offer offer : offers) {
            buys[row++] = offer.buys();
        }
        columns.add(texts(offers, Offer::owner));
        columns.add(texts(offers, Offer::currency));
        columns.add(offers.stream().mapToLong(Offer::unitPrice).toArray());
        columns.add(buys);
        columns.add(texts(offers, Offer::deliver));
        columns.add(texts(offers, Offer::what));
    }

    private static <T> String[] texts(Collection<T> rows, Function<T, String> column) {
        return rows.stream().map(column).toArray(String[]::new);
    }

    private static Map<String, Offer> offers(Connection connection, Collection<String> ids) throws SQLException {
        Map<String, Offer> found = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement(OFFERS)) {
            select.setArray(1, SqlArrays.of(connection, ids.toArray(String[]::new)));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    found.put(row.getString("id"), offer(row, "id"));
                }
            }
        }
        return found;
    }

    private static Map<String, Trade> trades(Connection connection, Collection<String> ids) throws SQLException {
        Map<String, Trade> found = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement(TRADES)) {
            select.setArray(1, SqlArrays.of(connection, ids.toArray(String[]::new)));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    found.put(row.getString("id"), trade(row));
                }
            }
        }
        return found;
    }

    static Trade trade(ResultSet row) throws SQLException {
        return new Trade(
                row.getString("id"),
                row.getString("customer"),
                offer(row, "offer"),
                row.getInt("quantity"),
                row.getString("target"),
                row.getLong("total"),
                Trade.State.valueOf(row.getString("state")),
                row.getLong("hold"),
                row.getLong("hold_until_millis"),
                row.getString("error_code"),
                row.getString("reason"));
    }

    private static Offer offer(ResultSet row, String idColumn) throws SQLException {
        return new Offer(
                row.getString(idColumn),
                row.getString("owner"),
                row.getString("currency"),
                row.getLong("unit_price"),
                row.getBoolean("buys"),
                row.getString("deliver"),
                row.getString("what"));
    }
}
