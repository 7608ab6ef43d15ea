package dev.terrane.postgres.economy;

import dev.terrane.economy.Wallet;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Wallets by address: they never change, so they are read once. Only committed ones belong here. Any thread may use it. */
final class WalletCache {
    /** About 30 MB. Then it starts anew: who is there comes back with the next batch. */
    private static final int WALLET_COUNT_MAX = 100_000;

    private final Map<String, Wallet> wallets = new ConcurrentHashMap<>();

    @Nullable
    Wallet get(String address) {
        return wallets.get(address);
    }

    void put(Wallet wallet) {
        if (wallets.size() >= WALLET_COUNT_MAX) {
            wallets.clear();
        }
        wallets.put(wallet.address(), wallet);
    }
}
