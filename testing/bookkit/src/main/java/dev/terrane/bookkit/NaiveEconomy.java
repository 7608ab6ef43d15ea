package dev.terrane.bookkit;

import dev.terrane.command.CommandErrors;
import dev.terrane.economy.EconomyCommands.Burn;
import dev.terrane.economy.EconomyCommands.Capture;
import dev.terrane.economy.EconomyCommands.Exchange;
import dev.terrane.economy.EconomyCommands.Issue;
import dev.terrane.economy.EconomyCommands.Open;
import dev.terrane.economy.EconomyCommands.PlaceHold;
import dev.terrane.economy.EconomyCommands.Release;
import dev.terrane.economy.EconomyCommands.Reverse;
import dev.terrane.economy.EconomyCommands.SetRate;
import dev.terrane.economy.EconomyCommands.Transfer;
import dev.terrane.economy.EconomyErrors;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The economy as somebody would write it in an afternoon: purses by name, no ledger, no numbers too large. It shares no code with the rules but the words, so
 * both are hardly wrong in the same way.
 */
final class NaiveEconomy {
    private static final BigInteger MAX = BigInteger.ONE.shiftLeft(53).subtract(BigInteger.ONE);
    private static final long MONTH_MILLIS = 31L * 86_400_000;

    /** Stands for whatever a reversed transaction did. */
    private static final List<Leg> TAKEN_BACK = new ArrayList<>();

    private final Set<String> currencies;
    private final Map<String, BigInteger> purses = new TreeMap<>();
    private final Map<Long, Held> holds = new TreeMap<>();
    private final Map<Long, List<Leg>> done = new TreeMap<>();
    private final Map<String, SetRate> rates = new TreeMap<>();
    private List<Leg> lastLegs = List.of();
    private @Nullable Held lastHold;

    private static final class Held {
        private final PlaceHold wish;
        private final long expiresAtMillis;
        private boolean over;

        private Held(PlaceHold wish, long expiresAtMillis) {
            this.wish = wish;
            this.expiresAtMillis = expiresAtMillis;
        }
    }

    private record Leg(String from, String to, BigInteger amount) {}

    NaiveEconomy(Set<String> currencies) {
        this.currencies = new TreeSet<>(currencies);
        for (String currency : currencies) {
            purses.put("system:mint/" + currency, BigInteger.ZERO);
            purses.put("system:exchange/" + currency, BigInteger.ZERO);
            purses.put("system:exchange/" + currency + "/fees", BigInteger.ZERO);
        }
    }

    /** What each wallet has available, for everybody to compare. */
    Map<String, Long> available() {
        Map<String, Long> all = new TreeMap<>();
        purses.forEach((wallet, purse) -> all.put(wallet, purse.longValueExact()));
        return all;
    }

    long held(String wallet) {
        return holds.values().stream()
                .filter(hold -> !hold.over && hold.wish.from().equals(wallet))
                .mapToLong(hold -> hold.wish.amount())
                .sum();
    }

    /** Tells which number the books have given to what was done last. */
    void number(Record wish, long number) {
        if (wish instanceof PlaceHold && lastHold != null) {
            holds.put(number, lastHold);
        }
        done.put(number, lastLegs);
    }

    Expected apply(String who, Record wish, long nowMillis) {
        lastLegs = List.of();
        return switch (wish) {
            case Open open -> open(who, open);
            case Transfer transfer -> transfer(who, transfer);
            case Issue issue -> issue(who, issue);
            case Burn burn -> burn(who, burn);
            case Exchange exchange -> exchange(who, exchange);
            case PlaceHold hold -> hold(who, hold, nowMillis);
            case Capture capture -> capture(who, capture, nowMillis);
            case Release release -> release(who, release, nowMillis);
            case Reverse reverse -> reverse(who, reverse);
            case SetRate rate -> rate(who, rate);
            default -> throw new IllegalStateException(wish.toString());
        };
    }

    private Expected open(String who, Open wish) {
        String problem = addressProblem(wish.wallet());
        if (!problem.isEmpty()) {
            return Expected.refused(problem);
        }
        if (!trusted(who) && !owns(who, wish.wallet())) {
            return Expected.refused(EconomyErrors.FOREIGN_WALLET);
        }
        boolean created = !purses.containsKey(wish.wallet());
        if (created && wish.wallet().startsWith("system:")) {
            return Expected.refused(CommandErrors.FORBIDDEN);
        }
        purses.putIfAbsent(wish.wallet(), BigInteger.ZERO);
        return Expected.done(created, has(wish.wallet()));
    }

    private Expected transfer(String who, Transfer wish) {
        String problem = first(
                amountProblem(wish.amount()), spendProblem(who, wish.from()), pairProblem(wish.from(), wish.to()));
        return problem.isEmpty()
                ? move(wish.from(), List.of(leg(wish.from(), wish.to(), wish.amount())))
                : Expected.refused(problem);
    }

    private Expected issue(String who, Issue wish) {
        String problem = first(
                amountProblem(wish.amount()),
                trusted(who) ? "" : CommandErrors.FORBIDDEN,
                addressProblem(wish.to()),
                wish.to().startsWith("system:mint/") ? EconomyErrors.SAME_WALLET : "");
        if (!problem.isEmpty()) {
            return Expected.refused(problem);
        }
        boolean fresh = !purses.containsKey(wish.to());
        purses.putIfAbsent(wish.to(), BigInteger.ZERO);
        Expected moved =
                move(wish.to(), List.of(leg("system:mint/" + currencyOf(wish.to()), wish.to(), wish.amount())));
        if (fresh && !moved.code().equals(Expected.DONE)) {
            purses.remove(wish.to());
        }
        return moved;
    }

    private Expected burn(String who, Burn wish) {
        String problem = first(
                amountProblem(wish.amount()),
                trusted(who) ? "" : CommandErrors.FORBIDDEN,
                purses.containsKey(wish.from()) ? "" : EconomyErrors.UNKNOWN_WALLET,
                wish.from().startsWith("system:mint/") ? EconomyErrors.SAME_WALLET : "");
        return problem.isEmpty()
                ? move(wish.from(), List.of(leg(wish.from(), "system:mint/" + currencyOf(wish.from()), wish.amount())))
                : Expected.refused(problem);
    }

    private Expected exchange(String who, Exchange wish) {
        String problem = first(
                amountProblem(wish.amount()),
                spendProblem(who, wish.from()),
                purses.containsKey(wish.to()) ? "" : EconomyErrors.UNKNOWN_WALLET);
        if (!problem.isEmpty()) {
            return Expected.refused(problem);
        }
        SetRate rate = rates.get(currencyOf(wish.from()) + ">" + currencyOf(wish.to()));
        if (rate == null) {
            return Expected.refused(EconomyErrors.RATE_UNKNOWN);
        }
        BigDecimal amount = BigDecimal.valueOf(wish.amount());
        BigDecimal fee = amount.multiply(new BigDecimal(rate.feeMillionths()))
                .movePointLeft(6)
                .setScale(0, RoundingMode.CEILING);
        BigDecimal given = amount.subtract(fee)
                .multiply(BigDecimal.valueOf(rate.numerator()))
                .divide(BigDecimal.valueOf(rate.denominator()), 0, RoundingMode.FLOOR);
        if (given.signum() <= 0 || given.toBigInteger().compareTo(MAX) > 0) {
            return Expected.refused(EconomyErrors.AMOUNT_OUT_OF_RANGE);
        }
        if (wish.atLeast() != null && given.longValueExact() < wish.atLeast()) {
            return Expected.refused(EconomyErrors.RATE_TOO_LOW);
        }
        String till = "system:exchange/" + currencyOf(wish.to());
        if (has(till) < given.longValueExact()) {
            return Expected.refused(EconomyErrors.EXCHANGE_EMPTY);
        }
        List<Leg> legs = new ArrayList<>();
        String into = "system:exchange/" + currencyOf(wish.from());
        if (wish.from().equals(into) || wish.to().equals(till)) {
            return Expected.refused(EconomyErrors.SAME_WALLET);
        }
        legs.add(new Leg(wish.from(), into, amount.subtract(fee).toBigInteger()));
        if (fee.signum() > 0) {
            legs.add(new Leg(wish.from(), into + "/fees", fee.toBigInteger()));
        }
        legs.add(new Leg(till, wish.to(), given.toBigInteger()));
        Expected moved = move(wish.from(), legs);
        return moved.code().equals(Expected.DONE)
                ? Expected.done(fee.longValueExact(), given.longValueExact(), has(wish.from()))
                : moved;
    }

    private Expected hold(String who, PlaceHold wish, long nowMillis) {
        String problem = first(
                amountProblem(wish.amount()),
                wish.millis() < 1 || wish.millis() > MONTH_MILLIS ? EconomyErrors.HOLD_TIME_OUT_OF_RANGE : "",
                spendProblem(who, wish.from()),
                pairProblem(wish.from(), wish.to()));
        if (!problem.isEmpty()) {
            return Expected.refused(problem);
        }
        boolean mint = wish.from().startsWith("system:mint/");
        if (mint && has(wish.from()) - wish.amount() < -MAX.longValue()) {
            return Expected.refused(EconomyErrors.AMOUNT_OUT_OF_RANGE);
        }
        if (!mint && has(wish.from()) < wish.amount()) {
            return Expected.refused(EconomyErrors.INSUFFICIENT_FUNDS);
        }
        add(wish.from(), BigInteger.valueOf(-wish.amount()));
        lastHold = new Held(wish, nowMillis + wish.millis());
        return Expected.done(nowMillis + wish.millis(), has(wish.from()));
    }

    private Expected capture(String who, Capture wish, long nowMillis) {
        Held hold = holds.get(wish.hold());
        String problem = first(amountProblem(wish.amount()), holdProblem(hold, wish.from()));
        if (!problem.isEmpty() || hold == null) {
            return Expected.refused(problem);
        }
        problem = first(
                trusted(who) || owns(who, hold.wish.to()) ? "" : EconomyErrors.FOREIGN_WALLET,
                nowMillis >= hold.expiresAtMillis ? EconomyErrors.HOLD_EXPIRED : "",
                wish.amount() > hold.wish.amount() ? EconomyErrors.HOLD_EXCEEDED : "",
                fits(hold.wish.to(), wish.amount()) ? "" : EconomyErrors.AMOUNT_OUT_OF_RANGE);
        if (!problem.isEmpty()) {
            return Expected.refused(problem);
        }
        hold.over = true;
        long rest = hold.wish.amount() - wish.amount();
        add(hold.wish.to(), BigInteger.valueOf(wish.amount()));
        add(wish.from(), BigInteger.valueOf(rest));
        lastLegs = List.of(leg(wish.from(), hold.wish.to(), wish.amount()));
        return Expected.done(wish.amount(), rest);
    }

    private Expected release(String who, Release wish, long nowMillis) {
        Held hold = holds.get(wish.hold());
        String problem = holdProblem(hold, wish.from());
        if (!problem.isEmpty() || hold == null) {
            return Expected.refused(problem);
        }
        if (!trusted(who) && !owns(who, hold.wish.to())) {
            if (!owns(who, wish.from())) {
                return Expected.refused(EconomyErrors.FOREIGN_WALLET);
            }
            if (nowMillis < hold.expiresAtMillis) {
                return Expected.refused(EconomyErrors.HOLD_ACTIVE);
            }
        }
        hold.over = true;
        add(wish.from(), BigInteger.valueOf(hold.wish.amount()));
        return Expected.done(0L, hold.wish.amount());
    }

    private Expected reverse(String who, Reverse wish) {
        if (!corrects(who)) {
            return Expected.refused(CommandErrors.FORBIDDEN);
        }
        List<Leg> legs = done.get(wish.transaction());
        if (legs == null) {
            return Expected.refused(EconomyErrors.UNKNOWN_TRANSACTION);
        }
        if (legs == TAKEN_BACK) {
            return Expected.refused(EconomyErrors.ALREADY_REVERSED);
        }
        if (legs.isEmpty()) {
            return Expected.refused(EconomyErrors.NOT_REVERSIBLE);
        }
        List<Leg> back = legs.reversed().stream()
                .map(leg -> new Leg(leg.to, leg.from, leg.amount))
                .toList();
        Expected moved = move("", back);
        if (!moved.code().equals(Expected.DONE)) {
            return moved;
        }
        lastLegs = List.of(); // a reversal is not reversed again
        done.put(wish.transaction(), TAKEN_BACK);
        return Expected.done(wish.transaction());
    }

    private Expected rate(String who, SetRate wish) {
        boolean known = currencies.contains(wish.from()) && currencies.contains(wish.to());
        String problem = first(
                corrects(who) ? "" : CommandErrors.FORBIDDEN,
                known ? "" : EconomyErrors.UNKNOWN_CURRENCY,
                wish.from().equals(wish.to()) ? EconomyErrors.CURRENCY_MISMATCH : "",
                wish.numerator() < 1
                                || wish.denominator() < 1
                                || wish.numerator() > MAX.longValue()
                                || wish.denominator() > MAX.longValue()
                                || wish.feeMillionths() < 0
                                || wish.feeMillionths() > 999_999
                        ? EconomyErrors.RATE_OUT_OF_RANGE
                        : "");
        if (!problem.isEmpty()) {
            return Expected.refused(problem);
        }
        rates.put(wish.from() + ">" + wish.to(), wish);
        return Expected.done(wish.from(), wish.to());
    }

    /** All of them or none, in order. */
    private Expected move(String shown, List<Leg> legs) {
        Map<String, BigInteger> before = new TreeMap<>(purses);
        for (Leg leg : legs) {
            boolean mint = leg.from.startsWith("system:mint/");
            if (!mint && purse(leg.from).compareTo(leg.amount) < 0) {
                purses.putAll(before);
                return Expected.refused(EconomyErrors.INSUFFICIENT_FUNDS);
            }
            if (mint && purse(leg.from).subtract(leg.amount).compareTo(MAX.negate()) < 0
                    || !fits(leg.to, leg.amount.longValueExact())) {
                purses.putAll(before);
                return Expected.refused(EconomyErrors.AMOUNT_OUT_OF_RANGE);
            }
            add(leg.from, leg.amount.negate());
            add(leg.to, leg.amount);
        }
        lastLegs = legs;
        return Expected.done(shown.isEmpty() ? 0L : has(shown));
    }

    private boolean fits(String wallet, long amount) {
        BigInteger total = purse(wallet).add(BigInteger.valueOf(held(wallet))).add(BigInteger.valueOf(amount));
        return total.compareTo(MAX) <= 0;
    }

    private void add(String wallet, BigInteger amount) {
        purses.merge(wallet, amount, BigInteger::add);
    }

    private BigInteger purse(String wallet) {
        return purses.getOrDefault(wallet, BigInteger.ZERO);
    }

    private long has(String wallet) {
        return purse(wallet).longValueExact();
    }

    private static Leg leg(String from, String to, long amount) {
        return new Leg(from, to, BigInteger.valueOf(amount));
    }

    private static String amountProblem(long amount) {
        return amount < 1 || amount > MAX.longValueExact() ? EconomyErrors.AMOUNT_OUT_OF_RANGE : "";
    }

    private String spendProblem(String who, String wallet) {
        if (!purses.containsKey(wallet)) {
            return EconomyErrors.UNKNOWN_WALLET;
        }
        return trusted(who) || owns(who, wallet) ? "" : EconomyErrors.FOREIGN_WALLET;
    }

    private String pairProblem(String from, String to) {
        if (!purses.containsKey(to)) {
            return EconomyErrors.UNKNOWN_WALLET;
        }
        if (from.equals(to)) {
            return EconomyErrors.SAME_WALLET;
        }
        return currencyOf(from).equals(currencyOf(to)) ? "" : EconomyErrors.CURRENCY_MISMATCH;
    }

    private static String holdProblem(@Nullable Held hold, String from) {
        if (hold == null || !hold.wish.from().equals(from)) {
            return EconomyErrors.HOLD_UNKNOWN;
        }
        return hold.over ? EconomyErrors.HOLD_ENDED : "";
    }

    private String addressProblem(String wallet) {
        String[] parts = wallet.split("/", -1);
        if (parts.length < 2 || !parts[0].contains(":") || parts[1].isEmpty()) {
            return EconomyErrors.BAD_ADDRESS;
        }
        return currencies.contains(parts[1]) ? "" : EconomyErrors.UNKNOWN_CURRENCY;
    }

    private static boolean owns(String who, String wallet) {
        return who.startsWith("character:") && ownerOf(wallet).equals(who);
    }

    private static String ownerOf(String wallet) {
        return wallet.substring(0, wallet.indexOf('/'));
    }

    private static String currencyOf(String wallet) {
        return wallet.split("/", -1)[1];
    }

    private static boolean trusted(String who) {
        return who.startsWith("cell:") || who.startsWith("service:") || who.startsWith("admin:");
    }

    private static boolean corrects(String who) {
        return who.startsWith("service:") || who.startsWith("admin:");
    }

    private static String first(String... problems) {
        for (String problem : problems) {
            if (!problem.isEmpty()) {
                return problem;
            }
        }
        return "";
    }
}
