package dev.terrane.economy;

import dev.terrane.command.CommandLimits;
import dev.terrane.command.CommandType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the economy can be asked for. Wallets are named by their addresses, amounts are in the smallest unit.
 *
 * <p><b>Keys.</b> A command's key is the wallet that is debited: whether it succeeds depends on what that wallet has, so its spendings happen in the order in which
 * they were asked for. Whoever is credited needs no order, because being paid never fails for lack of money. The mint is never short of money: an issue is keyed by
 * the wallet that it fills, and so comes before what is spent from it later, and the mint is no bottleneck. A reversal is keyed by the transaction that it takes back.
 */
public final class EconomyCommands {
    /** Opens a wallet; one that is open stays as it is. */
    public static final CommandType<Open> OPEN =
            type("open", Open.class, Open::wallet).answering(EconomyResults.Opened.class);
    /** Moves money between two wallets of one currency. */
    public static final CommandType<Transfer> TRANSFER =
            type("transfer", Transfer.class, Transfer::from).answering(EconomyResults.Moved.class);
    /** Changes money at the exchange's rate. */
    public static final CommandType<Exchange> EXCHANGE =
            type("exchange", Exchange.class, Exchange::from).answering(EconomyResults.Exchanged.class);
    /** Sets money aside for a payee. */
    public static final CommandType<PlaceHold> HOLD =
            type("hold", PlaceHold.class, PlaceHold::from).answering(EconomyResults.Held.class);
    /** Gives the payee what was set aside, or a part of it; the rest is free again. */
    public static final CommandType<Capture> CAPTURE =
            type("capture", Capture.class, Capture::from).answering(EconomyResults.HoldEnded.class);
    /** Frees what was set aside. */
    public static final CommandType<Release> RELEASE =
            type("release", Release.class, Release::from).answering(EconomyResults.HoldEnded.class);
    /** Makes new money; opens the wallet if need be. */
    public static final CommandType<Issue> ISSUE =
            type("issue", Issue.class, Issue::to).answering(EconomyResults.Moved.class);
    /** Takes money out of the world. */
    public static final CommandType<Burn> BURN =
            type("burn", Burn.class, Burn::from).answering(EconomyResults.Moved.class);
    /** Takes a transaction back by an opposite one, once. */
    public static final CommandType<Reverse> REVERSE = type(
                    "reverse", Reverse.class, reverse -> "transaction/" + reverse.transaction())
            .answering(EconomyResults.Reversed.class);
    /** Sets the exchange's rate between two currencies, in one direction. */
    public static final CommandType<SetRate> RATE = type(
                    "rate", SetRate.class, rate -> "rate/" + rate.from() + "/" + rate.to())
            .answering(EconomyResults.RateSet.class);

    /** All of them. */
    public static final List<CommandType<?>> ALL =
            List.of(OPEN, TRANSFER, EXCHANGE, HOLD, CAPTURE, RELEASE, ISSUE, BURN, REVERSE, RATE);

    private EconomyCommands() {}

    public record Open(String wallet) {}

    /** @param reference a note of the sender's */
    public record Transfer(
            String from, String to, long amount, @Nullable String reference) {}

    /**
     * @param amount what leaves {@code from}, with the fee
     * @param atLeast what has to arrive at {@code to}, or nothing happens
     */
    public record Exchange(
            String from, String to, long amount, @Nullable Long atLeast) {}

    /** @param millis until it can only be released */
    public record PlaceHold(
            String from,
            String to,
            long amount,
            long millis,
            @Nullable String reference) {}

    /** @param hold its number, from the result of the hold */
    public record Capture(String from, long hold, long amount) {}

    /** @param hold its number, from the result of the hold */
    public record Release(String from, long hold) {}

    public record Issue(String to, long amount, @Nullable String reference) {}

    public record Burn(String from, long amount, @Nullable String reference) {}

    /** @param transaction its number, from the result of what is taken back */
    public record Reverse(long transaction, @Nullable String reference) {}

    /** See {@link Rate}. */
    public record SetRate(String from, String to, long numerator, long denominator, int feeMillionths) {}

    private interface Key<P> {
        String of(P payload);
    }

    private static <P extends Record> CommandType<P> type(String verb, Class<P> payload, Key<P> key) {
        return new CommandType<>("cmd.economy." + verb, 1, payload, (command, _) -> clipped(key.of(command)));
    }

    /** What is too long is no address: any key will do for its refusal. */
    private static String clipped(String key) {
        return key.length() <= CommandLimits.KEY_CHARS_MAX ? key : key.substring(0, CommandLimits.KEY_CHARS_MAX);
    }
}
