package dev.terrane.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Goods against money over several keys, each step one command: what a step asks of the next is appended in its own transaction.
 *
 * <pre>
 *   trade (wallet: hold the price) ──► goods (stock: give one) ─┬─► paid   (wallet: the hold goes to the till)
 *                                                               └─► refund (wallet: the hold goes back)
 * </pre>
 */
final class ModelTrade {
    static final String TRADE = "trade-";
    private static final String GOODS = "goods-";
    private static final String PAID = "paid-";
    private static final String REFUND = "refund-";
    private static final long COINS_EACH = 150;
    private static final long GOODS_EACH = 12;
    private static final int STOCK_COUNT = 2;

    private final SortedMap<String, Long> wallets = new TreeMap<>();
    private final SortedMap<String, Long> stocks = new TreeMap<>();
    private final SortedMap<String, Hold> holds = new TreeMap<>();
    private long till;
    private long delivered;
    int refundCount;

    private record Hold(String wallet, long coins) {}

    static boolean isPart(String wish) {
        return wish.startsWith(TRADE) || wish.startsWith(GOODS) || wish.startsWith(PAID) || wish.startsWith(REFUND);
    }

    /** Returns what has to be sent on, with the effect or not at all. */
    List<CommandEnvelope> carryOut(String key, String wish) {
        String id = wish.substring(wish.indexOf('-') + 1);
        List<CommandEnvelope> sent = new ArrayList<>();
        if (wish.startsWith(TRADE)) {
            long price = 1 + Math.floorMod(id.hashCode(), 20);
            long coins = wallets.getOrDefault(key, COINS_EACH);
            if (coins >= price) {
                wallets.put(key, coins - price);
                holds.put(id, new Hold(key, price));
                sent.add(command(GOODS + id, "stock-" + Math.floorMod(id.hashCode(), STOCK_COUNT)));
            }
        } else if (wish.startsWith(GOODS)) {
            long left = stocks.getOrDefault(key, GOODS_EACH);
            Hold hold = holdOf(id, wish);
            if (left > 0) {
                stocks.put(key, left - 1);
                delivered++;
            }
            sent.add(command((left > 0 ? PAID : REFUND) + id, hold.wallet));
        } else {
            Hold hold = holdOf(id, wish);
            holds.remove(id);
            if (wish.startsWith(PAID)) {
                till += hold.coins;
            } else {
                wallets.merge(hold.wallet, hold.coins, Long::sum);
                refundCount++;
            }
        }
        return sent;
    }

    private Hold holdOf(String id, String wish) {
        Hold hold = holds.get(id);
        if (hold == null) {
            throw new LaneViolation("money and goods are conserved", wish + " happens, but nothing is held for it");
        }
        return hold;
    }

    private static CommandEnvelope command(String wish, String key) {
        return new CommandEnvelope(
                "cmd.shop.step",
                1,
                key,
                new CommandEnvelope.Origin("service:shop", wish),
                new CommandEnvelope.Trace(wish, wish, "", "sim", 0),
                wish.getBytes(UTF_8));
    }

    void check() {
        long coins = wallets.values().stream().mapToLong(Long::longValue).sum();
        long goods = stocks.values().stream().mapToLong(Long::longValue).sum();
        if (!holds.isEmpty()
                || coins + till != COINS_EACH * wallets.size()
                || goods + delivered != GOODS_EACH * stocks.size()) {
            throw new LaneViolation(
                    "money and goods are conserved",
                    wallets + ", till " + till + ", held " + holds + ", " + stocks + ", delivered " + delivered);
        }
    }
}
