package dev.terrane.economy;

import dev.terrane.economy.Posting.Move;
import java.util.List;

/** What holds for every command, and the words in which it is refused otherwise. */
final class Checks {
    private Checks() {}

    static void amount(long amount) {
        if (amount <= 0 || amount > EconomyLimits.AMOUNT_MAX) {
            throw new RefusedException(
                    EconomyErrors.AMOUNT_OUT_OF_RANGE,
                    "an amount is 1 to " + EconomyLimits.AMOUNT_MAX + " smallest units, not " + amount);
        }
    }

    static Account account(Books books, String address) {
        return books.account(address)
                .orElseThrow(() ->
                        new RefusedException(EconomyErrors.UNKNOWN_WALLET, "there is no wallet " + shown(address)));
    }

    static WalletAddress address(Books books, String text) {
        WalletAddress address = WalletAddress.parse(text)
                .orElseThrow(() -> new RefusedException(
                        EconomyErrors.BAD_ADDRESS,
                        "'" + shown(text)
                                + "' is no address of a wallet; write owner/currency or owner/currency/name"));
        currency(books, address.currency());
        return address;
    }

    static void currency(Books books, String code) {
        if (!books.knowsCurrency(code)) {
            throw new RefusedException(EconomyErrors.UNKNOWN_CURRENCY, "there is no currency '" + shown(code) + "'");
        }
    }

    /** For what passes between two wallets as it is. */
    static void pair(Account from, Account to) {
        if (from == to) {
            throw new RefusedException(EconomyErrors.SAME_WALLET, from.wallet().address() + " cannot pay itself");
        }
        if (!from.wallet().currency().equals(to.wallet().currency())) {
            throw new RefusedException(
                    EconomyErrors.CURRENCY_MISMATCH,
                    from.wallet().address() + " and " + to.wallet().address() + " are of different currencies");
        }
    }

    /** The exchange does not trade with itself. */
    static void noSelf(List<Move> moves) {
        for (Move move : moves) {
            if (move.from().equals(move.to())) {
                throw new RefusedException(
                        EconomyErrors.SAME_WALLET, move.from().address() + " cannot pay itself");
            }
        }
    }

    /** Before a wallet is opened for it. */
    static void issuable(Account mint, long amount) {
        if (mint.available() - amount < -EconomyLimits.AMOUNT_MAX) {
            throw tooMuch(mint.wallet());
        }
    }

    static void possible(Books books, List<Move> moves) {
        books.fault(moves).ifPresent(fault -> {
            Wallet payer = fault.move().from();
            if (!fault.payer()) {
                throw tooMuch(fault.move().to());
            }
            if (payer.kind() == Wallet.Kind.ISSUER) {
                throw tooMuch(payer);
            }
            throw new RefusedException(
                    EconomyErrors.INSUFFICIENT_FUNDS,
                    payer.address() + " has " + account(books, payer.address()).available() + " available, less than "
                            + fault.move().amount());
        });
    }

    private static RefusedException tooMuch(Wallet wallet) {
        return new RefusedException(
                EconomyErrors.AMOUNT_OUT_OF_RANGE,
                wallet.address() + " would be further from zero than " + EconomyLimits.AMOUNT_MAX);
    }

    /** Strangers' text of any length does not belong into an answer. */
    private static String shown(String text) {
        int max = 128;
        return text.length() <= max ? text : text.substring(0, max) + "…";
    }
}
