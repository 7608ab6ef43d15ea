package dev.terrane.simulation.books;

import dev.terrane.command.CommandEnvelope;
import dev.terrane.command.IdempotencyKey;
import dev.terrane.command.PayloadCodec;
import dev.terrane.trade.Offer;
import dev.terrane.trade.Trade;
import dev.terrane.trade.TradeBooks;
import dev.terrane.trade.TradeCommands;
import dev.terrane.trade.TradeRules;
import dev.terrane.trade.TradeRuling;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The trade's tables. */
final class TradeDesk implements ServiceDesk {
    private final TradeRules rules;
    private final BooksSabotage sabotage;
    final SortedMap<String, Offer> offers = new TreeMap<>();
    final SortedMap<String, Trade> trades = new TreeMap<>();
    private final List<IdempotencyKey> accepts = new ArrayList<>();

    TradeDesk(PayloadCodec codec, BooksSabotage sabotage) {
        this.rules = new TradeRules(codec);
        this.sabotage = sabotage;
    }

    @Override
    public Transaction open(List<Wish> wishes, long nowMillis) {
        TradeBooks books = new TradeBooks(new HashMap<>(offers), new HashMap<>(trades));
        List<IdempotencyKey> begun = new ArrayList<>();
        return new Transaction() {
            @Override
            public Decision decide(Wish wish) {
                TradeRuling ruling = rules.decide(books, wish.command(), wish.payload(), nowMillis);
                if (wish.payload() instanceof TradeCommands.Accept
                        && books.changedTrades().containsKey(TradeRules.idOf(wish.command()))) {
                    begun.add(wish.command().idempotencyKey());
                }
                return new Decision(ruling.result(), ruling.events(), kept(ruling.sent()));
            }

            @Override
            public void write() {
                offers.putAll(books.changedOffers());
                trades.putAll(books.changedTrades());
                accepts.addAll(begun);
            }
        };
    }

    private List<CommandEnvelope> kept(List<CommandEnvelope> sent) {
        if (sabotage != BooksSabotage.HOLD_NEVER_RELEASED) {
            return sent;
        }
        return sent.stream()
                .filter(command -> !command.type().equals("cmd.economy.release"))
                .toList();
    }

    @Override
    public List<IdempotencyKey> effects() {
        return accepts;
    }
}
