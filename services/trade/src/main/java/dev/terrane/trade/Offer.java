package dev.terrane.trade;

/** An offer as it stands. See {@link TradeCommands.Post}. */
public record Offer(
        String id, String owner, String currency, long unitPrice, boolean buys, String deliver, String what) {}
