package dev.terrane.economy;

/** What may be at most. */
public final class EconomyLimits {
    /** Of one amount, of a balance, and (negative) of what an issuer has given out: what a JSON number holds exactly in a browser. */
    public static final long AMOUNT_MAX = (1L << 53) - 1;
    /** Digits after the point of a currency. */
    public static final int DECIMALS_MAX = 9;
    /** Of what a sender may note beside a posting. */
    public static final int REFERENCE_CHARS_MAX = 128;
    /** Wallets that a character may have and still open one more: they stay for good, and are all told at once. */
    public static final int WALLETS_PER_CHARACTER_MAX = 16;
    /** A month: what is held longer is forgotten by its owner. */
    public static final long HOLD_MILLIS_MAX = 31L * 24 * 3_600 * 1_000;
    /** Fees are in millionths. */
    public static final int MILLION = 1_000_000;
    /** Numbers that one command may use for postings, holds and wallets. */
    public static final int NUMBERS_PER_COMMAND_MAX = 4;

    private EconomyLimits() {}
}
