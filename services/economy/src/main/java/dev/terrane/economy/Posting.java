package dev.terrane.economy;

import dev.terrane.command.IdempotencyKey;

/**
 * One line of the ledger: an amount leaves one place and arrives at another, so it cannot but balance. Never changed, never deleted.
 *
 * @param transaction id of the first posting of those that belong together
 * @param reverses id of the posting that this one takes back; 0: none
 */
public record Posting(long id, long transaction, Move move, Cause cause, long reverses) {

    /** What moves. @param amount positive, in the smallest unit of the currency that both wallets have */
    public record Move(Kind kind, Wallet from, Wallet to, long amount) {}

    /**
     * Why.
     *
     * @param key of the command
     * @param reference the sender's own note; may be empty
     * @param atMillis Unix time
     */
    public record Cause(IdempotencyKey key, String reference, long atMillis) {}

    /** What a posting does. The codes are stored: they never change. */
    public enum Kind {
        TRANSFER(1),
        /** One of the two halves of an exchange. */
        EXCHANGE(2),
        /** What the exchange keeps. */
        FEE(3),
        /** From the mint. */
        ISSUE(4),
        /** To the mint. */
        BURN(5),
        /** Within one wallet: from available to held. */
        HOLD(6),
        /** From what the payer has held to what the payee has available. */
        CAPTURE(7),
        /** Within one wallet: from held to available. */
        RELEASE(8),
        /** The opposite of another posting. */
        REVERSAL(9);

        private final int code;

        Kind(int code) {
            this.code = code;
        }

        public int code() {
            return code;
        }

        /** Whether it takes from what is held. */
        public boolean fromHeld() {
            return this == CAPTURE || this == RELEASE;
        }

        /** Whether it goes to what is held. */
        public boolean toHeld() {
            return this == HOLD;
        }

        boolean reversible() {
            return this != HOLD && this != RELEASE && this != REVERSAL;
        }

        /** @throws IllegalArgumentException if a newer version wrote it */
        public static Kind of(int code) {
            for (Kind kind : values()) {
                if (kind.code == code) {
                    return kind;
                }
            }
            throw new IllegalArgumentException("no kind of posting has the code " + code);
        }
    }
}
