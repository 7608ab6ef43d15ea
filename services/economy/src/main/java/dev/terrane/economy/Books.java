package dev.terrane.economy;

import dev.terrane.economy.Posting.Cause;
import dev.terrane.economy.Posting.Move;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * As much of the ledger as some commands need, and what they add to it. A door fills it, has the commands decided, and writes the additions; one that holds
 * everything is an economy in memory.
 *
 * <p>One thread. Nothing is added unless all of a command is: see {@link #post}.
 */
public final class Books {
    private final Map<String, Currency> currencies;
    private final LongSupplier nowMillis;
    private long nextNumber;

    private final Map<String, Account> accounts = new HashMap<>();
    private final Map<Long, Hold> holds = new HashMap<>();
    private final Set<Long> endedHolds = new HashSet<>();
    private final Map<Long, List<Posting>> transactions = new HashMap<>();
    private final Set<Long> reversed = new HashSet<>();
    private final Map<String, Rate> rates = new HashMap<>();
    private final Map<String, Integer> walletCounts = new HashMap<>();

    private final List<Account> opened = new ArrayList<>();
    private final List<Posting> posted = new ArrayList<>();
    private final List<Hold> placed = new ArrayList<>();
    private final List<Hold.End> ended = new ArrayList<>();
    private final List<Rate> set = new ArrayList<>();

    /**
     * @param currencies by code, all that there are
     * @param firstNumber of those that are free: postings, holds and wallets are numbered from here, {@link EconomyLimits#NUMBERS_PER_COMMAND_MAX} a command at most
     * @param nowMillis Unix time; a door gives one time to all that it commits together
     */
    public Books(Map<String, Currency> currencies, long firstNumber, LongSupplier nowMillis) {
        this.currencies = currencies;
        this.nextNumber = firstNumber;
        this.nowMillis = nowMillis;
    }

    /** Says what is in a wallet. */
    public void know(Account account) {
        accounts.put(account.wallet().address(), account);
    }

    /** Says that there is a hold. @param over whether it was captured or released */
    public void know(Hold hold, boolean over) {
        holds.put(hold.id(), hold);
        if (over) {
            endedHolds.add(hold.id());
        }
    }

    /** Says what a transaction did. @param taken whether it was reversed */
    public void know(List<Posting> transaction, boolean taken) {
        long id = transaction.getFirst().transaction();
        transactions.put(id, transaction);
        if (taken) {
            reversed.add(id);
        }
    }

    /** Says a rate. */
    public void know(Rate rate) {
        rates.put(rate.pair(), rate);
    }

    /** Says how many wallets an owner has, those among them that were said to be there. */
    public void know(String owner, int walletCount) {
        walletCounts.put(owner, walletCount);
    }

    /** Wallets opened here, already with what they have got since. */
    public List<Account> opened() {
        return Collections.unmodifiableList(opened);
    }

    /** Postings made here, in order. */
    public List<Posting> posted() {
        return Collections.unmodifiableList(posted);
    }

    /** Holds placed here. */
    public List<Hold> placed() {
        return Collections.unmodifiableList(placed);
    }

    /** Holds ended here. */
    public List<Hold.End> ended() {
        return Collections.unmodifiableList(ended);
    }

    /** Rates set here, in order. */
    public List<Rate> set() {
        return Collections.unmodifiableList(set);
    }

    /** The wallet with this address, if there is one. */
    public Optional<Account> account(String address) {
        return Optional.ofNullable(accounts.get(address));
    }

    long nowMillis() {
        return nowMillis.getAsLong();
    }

    boolean knowsCurrency(String code) {
        return currencies.containsKey(code);
    }

    /** How many are known of. */
    int walletCount(String owner) {
        return walletCounts.getOrDefault(owner, 0);
    }

    Optional<Hold> hold(long id) {
        return Optional.ofNullable(holds.get(id));
    }

    boolean isOver(Hold hold) {
        return endedHolds.contains(hold.id());
    }

    List<Posting> transaction(long id) {
        return transactions.getOrDefault(id, List.of());
    }

    boolean isReversed(long transaction) {
        return reversed.contains(transaction);
    }

    Optional<Rate> rate(String from, String to) {
        return Optional.ofNullable(rates.get(Rate.pair(from, to)));
    }

    Account open(WalletAddress address) {
        Account account = new Account(Wallet.of(nextNumber++, address), 0, 0);
        know(account);
        walletCounts.merge(address.owner(), 1, Integer::sum);
        opened.add(account);
        return account;
    }

    /** Why moves may not be. @param payer whether it has too little; else whoever is paid would have too much */
    record Fault(Move move, boolean payer) {}

    /** What stands against doing all of these moves, or nothing. Changes nothing. */
    Optional<Fault> fault(List<Move> moves) {
        Optional<Fault> found = Optional.empty();
        int tried = 0;
        while (tried < moves.size() && found.isEmpty()) {
            Move move = moves.get(tried++);
            boolean paid = known(move.from()).add(-move.amount(), move.kind().fromHeld());
            boolean got = known(move.to()).add(move.amount(), move.kind().toHeld());
            if (!paid || !got) {
                found = Optional.of(new Fault(move, !paid));
            }
        }
        while (tried > 0) {
            apply(moves.get(--tried), -1);
        }
        return found;
    }

    /**
     * Makes one transaction of moves against which {@link #fault} has found nothing.
     *
     * @param originals ids of what they reverse, one each, or empty
     * @return its id
     */
    long post(List<Move> moves, Cause cause, List<Long> originals) {
        long transaction = nextNumber;
        List<Posting> postings = new ArrayList<>(moves.size());
        for (Move move : moves) {
            long reverses = originals.isEmpty() ? 0 : originals.get(postings.size());
            apply(move, 1);
            postings.add(new Posting(nextNumber++, transaction, move, cause, reverses));
        }
        posted.addAll(postings);
        transactions.put(transaction, postings);
        return transaction;
    }

    void place(Hold hold) {
        know(hold, false);
        placed.add(hold);
    }

    void end(Hold hold, long captured) {
        endedHolds.add(hold.id());
        ended.add(new Hold.End(hold.id(), hold.amount(), captured));
    }

    void takeBack(long transaction) {
        reversed.add(transaction);
    }

    void set(Rate rate) {
        know(rate);
        set.add(rate);
    }

    private void apply(Move move, int sign) {
        known(move.from()).add(-sign * move.amount(), move.kind().fromHeld());
        known(move.to()).add(sign * move.amount(), move.kind().toHeld());
    }

    private Account known(Wallet wallet) {
        Account account = accounts.get(wallet.address());
        if (account == null) {
            throw new IllegalStateException(wallet + " takes part, but nobody has said what is in it");
        }
        return account;
    }
}
