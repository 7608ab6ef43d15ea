package dev.terrane.economy;

/**
 * Money set aside for a payee: it can neither be spent nor held again until the hold ends, once, by capture or by release.
 *
 * @param id of the posting that set it aside
 * @param expiresAtMillis Unix time from which it can only be released
 */
public record Hold(long id, Wallet from, Wallet to, long amount, long expiresAtMillis) {
    /**
     * How a hold ended.
     *
     * @param captured what went to the payee; the rest is available again
     */
    public record End(long hold, long amount, long captured) {}
}
