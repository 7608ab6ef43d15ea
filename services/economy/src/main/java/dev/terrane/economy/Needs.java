package dev.terrane.economy;

import java.util.Collection;
import java.util.SortedSet;
import java.util.TreeSet;

/** What has to be in the {@link Books} before some commands can be decided. */
public final class Needs {
    private final SortedSet<String> wallets = new TreeSet<>();
    private final SortedSet<String> openers = new TreeSet<>();
    private final SortedSet<Long> holds = new TreeSet<>();
    private final SortedSet<Long> transactions = new TreeSet<>();
    private boolean rates;

    /** Of these payloads. */
    public static Needs of(Collection<? extends Record> payloads) {
        Needs needs = new Needs();
        payloads.forEach(needs::add);
        return needs;
    }

    private void add(Record payload) {
        switch (payload) {
            case EconomyCommands.Open open -> opening(open.wallet());
            case EconomyCommands.Transfer transfer -> wallets(transfer.from(), transfer.to());
            case EconomyCommands.Exchange exchange -> exchange(exchange);
            case EconomyCommands.PlaceHold hold -> wallets(hold.from(), hold.to());
            case EconomyCommands.Capture capture -> hold(capture.from(), capture.hold());
            case EconomyCommands.Release release -> hold(release.from(), release.hold());
            case EconomyCommands.Issue issue -> withMint(issue.to());
            case EconomyCommands.Burn burn -> withMint(burn.from());
            case EconomyCommands.Reverse reverse -> transactions.add(reverse.transaction());
            default -> {} // rates need nothing; strangers are told so by the rules
        }
    }

    private void opening(String address) {
        wallets.add(address);
        WalletAddress.parse(address).ifPresent(parsed -> openers.add(parsed.owner()));
    }

    private void wallets(String from, String to) {
        wallets.add(from);
        wallets.add(to);
    }

    private void withMint(String address) {
        wallets.add(address);
        WalletAddress.parse(address).ifPresent(parsed -> wallets.add(WalletAddress.mint(parsed.currency())));
    }

    private void exchange(EconomyCommands.Exchange exchange) {
        rates = true;
        wallets(exchange.from(), exchange.to());
        WalletAddress.parse(exchange.from()).ifPresent(from -> {
            wallets.add(WalletAddress.exchange(from.currency()));
            wallets.add(WalletAddress.fees(from.currency()));
        });
        WalletAddress.parse(exchange.to()).ifPresent(to -> wallets.add(WalletAddress.exchange(to.currency())));
    }

    private void hold(String from, long hold) {
        wallets.add(from);
        holds.add(hold);
    }

    /** Addresses. Those of holds and of transactions come on top. */
    public SortedSet<String> wallets() {
        return wallets;
    }

    /** Owners for whom a wallet may be opened: how many they have must be known, and must not change meanwhile. */
    public SortedSet<String> openers() {
        return openers;
    }

    public SortedSet<Long> holds() {
        return holds;
    }

    public SortedSet<Long> transactions() {
        return transactions;
    }

    /** Whether the exchange's rates are needed. */
    public boolean rates() {
        return rates;
    }
}
