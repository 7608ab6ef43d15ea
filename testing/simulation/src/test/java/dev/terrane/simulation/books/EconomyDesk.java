package dev.terrane.simulation.books;

import dev.terrane.command.IdempotencyKey;
import dev.terrane.command.PayloadCodec;
import dev.terrane.economy.Account;
import dev.terrane.economy.Asked;
import dev.terrane.economy.Books;
import dev.terrane.economy.Currency;
import dev.terrane.economy.EconomyLimits;
import dev.terrane.economy.EconomyRules;
import dev.terrane.economy.Hold;
import dev.terrane.economy.Needs;
import dev.terrane.economy.Posting;
import dev.terrane.economy.Rate;
import dev.terrane.economy.Ruling;
import dev.terrane.economy.Wallet;
import dev.terrane.economy.WalletAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The economy's tables. */
final class EconomyDesk implements ServiceDesk {
    static final Map<String, Currency> CURRENCIES =
            Map.of("credits", new Currency("credits", 2), "shards", new Currency("shards", 0));

    private final EconomyRules rules;
    final SortedMap<String, Row> accounts = new TreeMap<>();
    final List<Posting> postings = new ArrayList<>();
    final SortedMap<Long, Hold> holds = new TreeMap<>();
    final SortedMap<Long, Hold.End> ended = new TreeMap<>();
    private final SortedMap<String, Rate> rates = new TreeMap<>();
    private long nextNumber = 1;

    /** A wallet's balance, as a row of the table. */
    record Row(Wallet wallet, long available, long held) {}

    EconomyDesk(PayloadCodec codec) {
        this.rules = new EconomyRules(codec);
        for (String currency : List.of("credits", "shards")) {
            for (String address : List.of(
                    WalletAddress.mint(currency), WalletAddress.exchange(currency), WalletAddress.fees(currency))) {
                Wallet wallet =
                        Wallet.of(nextNumber++, WalletAddress.parse(address).orElseThrow());
                accounts.put(address, new Row(wallet, 0, 0));
            }
        }
    }

    @Override
    public Transaction open(List<Wish> wishes, long nowMillis) {
        Needs needs = Needs.of(wishes.stream().map(Wish::payload).toList());
        Books books = new Books(CURRENCIES, nextNumber, () -> nowMillis);
        nextNumber += (long) EconomyLimits.NUMBERS_PER_COMMAND_MAX * wishes.size();
        SortedSet<String> addresses = new TreeSet<>(needs.wallets());
        for (long id : needs.holds()) {
            Hold hold = holds.get(id);
            if (hold != null) {
                books.know(hold, ended.containsKey(id));
                addresses.add(hold.to().address());
            }
        }
        List<Account> known = new ArrayList<>();
        for (String address : addresses) {
            Row row = accounts.get(address);
            if (row != null) {
                Account account = new Account(row.wallet, row.available, row.held);
                books.know(account);
                known.add(account);
            }
        }
        rates.values().forEach(books::know);
        return new Transaction() {
            @Override
            public Decision decide(Wish wish) {
                Ruling ruling = rules.decide(books, Asked.by(wish.command()), wish.payload());
                return new Decision(ruling.result(), ruling.events(), List.of());
            }

            @Override
            public void write() {
                known.addAll(books.opened());
                for (Account account : known) {
                    accounts.put(
                            account.wallet().address(), new Row(account.wallet(), account.available(), account.held()));
                }
                postings.addAll(books.posted());
                books.placed().forEach(hold -> holds.put(hold.id(), hold));
                books.ended().forEach(end -> ended.put(end.hold(), end));
                books.set().forEach(rate -> rates.put(rate.from() + "/" + rate.to(), rate));
            }
        };
    }

    @Override
    public List<IdempotencyKey> effects() {
        List<IdempotencyKey> effects = new ArrayList<>();
        Set<Long> counted = new TreeSet<>();
        for (Posting posting : postings) {
            if (counted.add(posting.transaction())) {
                effects.add(posting.cause().key());
            }
        }
        return effects;
    }
}
