package dev.terrane.trade;

/** What may be at most. */
public final class TradeLimits {
    /** Pieces in one trade. */
    public static final int QUANTITY_MAX = 10_000;
    /** Of an offer's name. */
    public static final int NAME_CHARS_MAX = 48;
    /** So long money is set aside for a trade whose steps do not go on: long enough to repair a database. */
    static final long HOLD_MILLIS = 7L * 24 * 3_600 * 1_000;

    private TradeLimits() {}
}
