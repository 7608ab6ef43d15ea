package dev.terrane.economy;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a wallet is called: {@code owner/currency}, or {@code owner/currency/name} for one more of the same. Everybody who knows the owner knows the address: no
 * lookup is needed to pay somebody.
 *
 * @param owner a client id: {@code character:…}, {@code service:…}, {@code cell:…}, {@code admin:…}, or {@code system:…} for wallets of the economy itself
 * @param name empty for the owner's main wallet
 */
public record WalletAddress(String owner, String currency, String name) {
    private static final Pattern FORM = Pattern.compile(
            "((?:character|service|cell|admin|system):[A-Za-z0-9][A-Za-z0-9_.:@-]{0,71})/([a-z][a-z0-9]{0,15})(?:/([a-z][a-z0-9-]{0,23}))?");
    private static final String MINT = "system:mint";
    private static final String EXCHANGE = "system:exchange";
    private static final String FEES = "fees";

    /** Empty: it has not this form. */
    public static Optional<WalletAddress> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String name = matcher.group(3);
        return Optional.of(new WalletAddress(matcher.group(1), matcher.group(2), name == null ? "" : name));
    }

    /** The owner's main wallet. */
    public static String of(String owner, String currency) {
        return owner + "/" + currency;
    }

    /** Where money of a currency comes from, and where it goes when it is burnt. */
    public static String mint(String currency) {
        return of(MINT, currency);
    }

    /** What the exchange pays from and into. */
    public static String exchange(String currency) {
        return of(EXCHANGE, currency);
    }

    /** What the exchange keeps. */
    public static String fees(String currency) {
        return exchange(currency) + "/" + FEES;
    }

    /** What kind of wallet it is: its owner says so. */
    public Wallet.Kind kind() {
        if (owner.equals(MINT)) {
            return Wallet.Kind.ISSUER;
        }
        return owner.startsWith("character:") ? Wallet.Kind.PLAYER : Wallet.Kind.SYSTEM;
    }

    @Override
    public String toString() {
        return name.isEmpty() ? of(owner, currency) : of(owner, currency) + "/" + name;
    }
}
