package dev.terrane.economy;

/** A wallet and what is in it while commands are decided. */
public final class Account {
    private final Wallet wallet;
    private long available;
    private long held;

    /** @param held set aside for payees, beside what is available */
    public Account(Wallet wallet, long available, long held) {
        this.wallet = wallet;
        this.available = available;
        this.held = held;
    }

    public Wallet wallet() {
        return wallet;
    }

    public long available() {
        return available;
    }

    public long held() {
        return held;
    }

    /** Whether both are where they may be. An issuer owes what the world has; everybody else has something or nothing. */
    private boolean sound() {
        long total = available + held;
        long floor = wallet.kind() == Wallet.Kind.ISSUER ? -EconomyLimits.AMOUNT_MAX : 0;
        return available >= floor && held >= 0 && total <= EconomyLimits.AMOUNT_MAX;
    }

    /** Takes part in a posting; {@code amount} negative: leaves. Whether it may be so. */
    boolean add(long amount, boolean toHeld) {
        // Neither sum can overflow: both are far below 2^62.
        if (toHeld) {
            held += amount;
        } else {
            available += amount;
        }
        return sound();
    }
}
