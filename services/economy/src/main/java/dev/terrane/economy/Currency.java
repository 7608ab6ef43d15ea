package dev.terrane.economy;

import java.util.regex.Pattern;

/**
 * A kind of money. Everything is counted in its smallest unit; decimals only say where people see the point.
 *
 * @param code small letters and digits: {@code credits}
 * @param decimals 0 to {@link EconomyLimits#DECIMALS_MAX}: 2 means that 100 units are one
 */
public record Currency(String code, int decimals) {
    static final Pattern CODE = Pattern.compile("[a-z][a-z0-9]{0,15}");

    public Currency {
        if (!CODE.matcher(code).matches()) {
            throw new IllegalArgumentException("'" + code + "' is no code of a currency; it must match " + CODE);
        }
        if (decimals < 0 || decimals > EconomyLimits.DECIMALS_MAX) {
            throw new IllegalArgumentException(
                    code + " has " + decimals + " decimals; there may be 0 to " + EconomyLimits.DECIMALS_MAX);
        }
    }
}
