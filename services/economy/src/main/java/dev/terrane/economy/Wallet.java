package dev.terrane.economy;

/**
 * What never changes about a wallet.
 *
 * @param id its number in the ledger
 * @param address see {@link WalletAddress}
 */
public record Wallet(long id, String address, String owner, String currency, Kind kind) {
    /** Who owns it, and what follows. */
    public enum Kind {
        /** A character's. Never below zero. */
        PLAYER,
        /** A station's, a market's, the exchange's. Never below zero. */
        SYSTEM,
        /** The mint's: below zero by all the money that is in the world. */
        ISSUER
    }

    /** The wallet of this address. */
    public static Wallet of(long id, WalletAddress address) {
        return new Wallet(id, address.toString(), address.owner(), address.currency(), address.kind());
    }
}
