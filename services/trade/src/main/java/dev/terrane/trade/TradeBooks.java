package dev.terrane.trade;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Offers and trades that a batch of commands touches: as they were read, and as they are after what was decided. One batch, one thread. */
public final class TradeBooks {
    private final Map<String, Offer> offers;
    private final Map<String, Trade> trades;
    private final Map<String, Offer> changedOffers = new LinkedHashMap<>();
    private final Map<String, Trade> changedTrades = new LinkedHashMap<>();

    /** Both are the books' from now on. */
    public TradeBooks(Map<String, Offer> offers, Map<String, Trade> trades) {
        this.offers = offers;
        this.trades = trades;
    }

    @Nullable
    Offer offer(String id) {
        return offers.get(id);
    }

    @Nullable
    Trade trade(String id) {
        return trades.get(id);
    }

    void put(Offer offer) {
        offers.put(offer.id(), offer);
        changedOffers.put(offer.id(), offer);
    }

    void put(Trade trade) {
        trades.put(trade.id(), trade);
        changedTrades.put(trade.id(), trade);
    }

    /** What is to be written. */
    public Map<String, Offer> changedOffers() {
        return changedOffers;
    }

    /** What is to be written. */
    public Map<String, Trade> changedTrades() {
        return changedTrades;
    }
}
