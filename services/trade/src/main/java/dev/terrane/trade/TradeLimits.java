package dev.terrane.trade;

/** What may be at most. */
public final class TradeLimits {
    /** Pieces in one trade. */
    public static final int QUANTITY_MAX = 10_000;
    /** Of an offer's name. */
    public static final int NAME_CHARS_MAX = 48;
    /** So long money is set aside for a trade whose steps do not go on: long enough to repair a database. */
    static final long HOLD_MILLIS = 7L * 24 * 3_600 * 1_000;
    /** Before the end of a hold in which nothing is delivered any more: so long there is to repair what keeps the money from being taken. */
    static final long CAPTURE_MILLIS = 3L * 24 * 3_600 * 1_000;

    private TradeLimits() {}
}
