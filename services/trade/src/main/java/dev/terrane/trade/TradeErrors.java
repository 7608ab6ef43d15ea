package dev.terrane.trade;

/** Why the trade refuses, beside {@link dev.terrane.command.CommandErrors}. */
public final class TradeErrors {
    /** Nobody has put such an offer up. */
    public static final String UNKNOWN_OFFER = "UNKNOWN_OFFER";
    /** Less than one piece, or more than {@link TradeLimits#QUANTITY_MAX}. */
    public static final String QUANTITY_OUT_OF_RANGE = "QUANTITY_OUT_OF_RANGE";
    /** The price is not what the customer has agreed to. */
    public static final String PRICE_CHANGED = "PRICE_CHANGED";
    /** A price of nothing, or too large a total. */
    public static final String AMOUNT_OUT_OF_RANGE = "AMOUNT_OUT_OF_RANGE";
    /** A name or address that has not the form it should have. */
    public static final String BAD_OFFER = "BAD_OFFER";

    private TradeErrors() {}
}
