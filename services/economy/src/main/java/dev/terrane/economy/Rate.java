package dev.terrane.economy;

import java.math.BigInteger;

/**
 * What the exchange gives: for {@code denominator} units of one currency, {@code numerator} units of the other, after a fee.
 *
 * <p>Rounding: the fee is rounded up, what is given is rounded down, each to a whole unit. So no way of cutting an amount into pieces gains anything.
 *
 * @param feeMillionths of what is paid
 */
public record Rate(String from, String to, long numerator, long denominator, int feeMillionths) {
    /** Unique among rates. */
    static String pair(String from, String to) {
        return from + "/" + to;
    }

    String pair() {
        return pair(from, to);
    }

    boolean inRange() {
        return numerator > 0
                && denominator > 0
                && numerator <= EconomyLimits.AMOUNT_MAX
                && denominator <= EconomyLimits.AMOUNT_MAX
                && feeMillionths >= 0
                && feeMillionths < EconomyLimits.MILLION;
    }

    long fee(long amount) {
        BigInteger[] parts = BigInteger.valueOf(amount)
                .multiply(BigInteger.valueOf(feeMillionths))
                .divideAndRemainder(BigInteger.valueOf(EconomyLimits.MILLION));
        return parts[0].longValueExact() + (parts[1].signum() == 0 ? 0 : 1);
    }

    /** {@link Long#MAX_VALUE}: more than fits. */
    long given(long net) {
        BigInteger given =
                BigInteger.valueOf(net).multiply(BigInteger.valueOf(numerator)).divide(BigInteger.valueOf(denominator));
        return given.bitLength() < Long.SIZE ? given.longValue() : Long.MAX_VALUE;
    }
}
