package dev.terrane.economy;

/** Why a command of the economy is refused, beside {@link dev.terrane.command.CommandErrors}. Nothing was changed then. */
public final class EconomyErrors {
    /** The wallet has less available than is to leave it. */
    public static final String INSUFFICIENT_FUNDS = "INSUFFICIENT_FUNDS";
    /** There is no wallet with this address: open it first. */
    public static final String UNKNOWN_WALLET = "UNKNOWN_WALLET";
    /** The sender may spend from wallets of its own only. */
    public static final String FOREIGN_WALLET = "FOREIGN_WALLET";
    /** The wallets are of different currencies: exchange, do not transfer. */
    public static final String CURRENCY_MISMATCH = "CURRENCY_MISMATCH";
    /** A character has {@link EconomyLimits#WALLETS_PER_CHARACTER_MAX} wallets already. */
    public static final String TOO_MANY_WALLETS = "TOO_MANY_WALLETS";
    /** From a wallet to itself. */
    public static final String SAME_WALLET = "SAME_WALLET";
    /** Zero, negative, too large, or a balance would become too large. */
    public static final String AMOUNT_OUT_OF_RANGE = "AMOUNT_OUT_OF_RANGE";
    /** Nobody has declared this currency. */
    public static final String UNKNOWN_CURRENCY = "UNKNOWN_CURRENCY";
    /** No address of a wallet: owner/currency or owner/currency/name. */
    public static final String BAD_ADDRESS = "BAD_ADDRESS";
    /** There is no such hold on this wallet. */
    public static final String HOLD_UNKNOWN = "HOLD_UNKNOWN";
    /** The hold was captured or released before. */
    public static final String HOLD_ENDED = "HOLD_ENDED";
    /** The hold's time is over: it can only be released. */
    public static final String HOLD_EXPIRED = "HOLD_EXPIRED";
    /** More is to be captured than is held. */
    public static final String HOLD_EXCEEDED = "HOLD_EXCEEDED";
    /** The payer wants back what is still held for the payee. */
    public static final String HOLD_ACTIVE = "HOLD_ACTIVE";
    /** A hold must last between 1 ms and a month. */
    public static final String HOLD_TIME_OUT_OF_RANGE = "HOLD_TIME_OUT_OF_RANGE";
    /** Nobody has set a rate between these currencies. */
    public static final String RATE_UNKNOWN = "RATE_UNKNOWN";
    /** The rate would give less than was asked for. */
    public static final String RATE_TOO_LOW = "RATE_TOO_LOW";
    /** A rate's parts must be positive, its fee below the whole. */
    public static final String RATE_OUT_OF_RANGE = "RATE_OUT_OF_RANGE";
    /** The exchange has not enough of what is wanted. */
    public static final String EXCHANGE_EMPTY = "EXCHANGE_EMPTY";
    /** There is no such transaction. */
    public static final String UNKNOWN_TRANSACTION = "UNKNOWN_TRANSACTION";
    /** It has been reversed before. */
    public static final String ALREADY_REVERSED = "ALREADY_REVERSED";
    /** Holds, releases and reversals have no opposite: release, or transfer anew. */
    public static final String NOT_REVERSIBLE = "NOT_REVERSIBLE";

    private EconomyErrors() {}
}
