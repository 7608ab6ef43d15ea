package dev.terrane.economy;

import java.util.List;
import java.util.Optional;

/**
 * Questions to the ledger. Answers are of one moment, and may be older than commands that are under way. Any thread may call; calls block for a few seconds at
 * most, never from a tick, and throw the store's own exception when it is away.
 */
public interface EconomyQueries {
    /** What is in one wallet. */
    record Balance(String wallet, String currency, int decimals, long available, long held) {}

    /** A posting as it is told. @param kind see {@link Posting.Kind} @param reverses 0: nothing */
    record Entry(
            long id,
            long transaction,
            String kind,
            String from,
            String to,
            String currency,
            long amount,
            String reference,
            long reverses,
            long atMillis) {}

    /** A hold that nobody has ended. */
    record OpenHold(long id, String from, String to, long amount, long expiresAtMillis) {}

    /**
     * Whether the books are right.
     *
     * @param sums of all balances, per currency: each must be 0
     * @param differingWallets whose balance is not what their postings add up to, at most 100: must be none
     */
    record Audit(List<Sum> sums, List<String> differingWallets, long postingCount) {
        /** Whether all is as it must be. */
        public boolean sound() {
            return differingWallets.isEmpty() && sums.stream().allMatch(sum -> sum.balances() == 0);
        }
    }

    /** @param balances of all wallets, issuers included @param issued what the mint has given out and not taken back */
    record Sum(String currency, long balances, long issued) {}

    /** What a currency is. */
    List<Currency> currencies();

    /** Empty: there is no such wallet. */
    Optional<Balance> balance(String wallet);

    /** Of the wallets of an owner, by address, at most 1,000. */
    List<Balance> balances(String owner);

    /**
     * What happened to a wallet, newest first.
     *
     * @param before only postings with lower ids: for the next page; {@link Long#MAX_VALUE} for the first
     * @param countMax at most 1,000
     */
    List<Entry> history(String wallet, long before, int countMax);

    /** The postings of a transaction, in order; empty: there is none. */
    List<Entry> transaction(long id);

    /** Holds on a wallet that are not ended, oldest first. */
    List<OpenHold> holds(String wallet);

    /** Holds whose time is over and that nobody has released: whoever sweeps sends {@link EconomyCommands#RELEASE} for each. */
    List<OpenHold> expiredHolds(long nowMillis, int countMax);

    /** Adds everything up. Reads the whole ledger: for operators and tests. */
    Audit audit();
}
