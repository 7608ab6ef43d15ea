package dev.terrane.trade;

import dev.terrane.command.EventType;
import java.util.List;

/** What listeners are told; the key is the customer. */
public final class TradeEvents {
    /** The trade is over: {@link Ended}. */
    public static final String ENDED = "evt.trade.ended";
    /** A step died in its lane: an operator has to look, see {@code ./terrane commands dlq}. */
    public static final String STUCK = "evt.trade.stuck";

    /** What players hear of. */
    public static final List<EventType> ALL =
            List.of(new EventType(ENDED, Ended.class), new EventType(STUCK, Ended.class));

    private TradeEvents() {}

    /** @param done false: nothing has changed hands, for this reason */
    public record Ended(
            String trade, String offer, int quantity, long total, boolean done, String errorCode, String reason) {}
}
