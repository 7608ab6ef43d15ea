package dev.terrane.bench.load.cluster;

/**
 * A player's wish to pay into a hex, and what he has been told of it. One thread.
 *
 * <p>A player never asks for the same amount twice: by it each wish is found again in the books.
 */
final class Investment {
    /** What the player was told last. */
    enum Told {
        /** Nothing yet. */
        NOTHING,
        /** It was refused, and nothing has happened. */
        REFUSED,
        /** Nobody can say whether it happens: the server has put it aside, or the client has stopped asking. */
        UNCERTAIN,
        /** It is acknowledged: the money is set aside, and there will be an end. */
        BEGUN,
        /** Paid, and in the hex. */
        DONE,
        /** Over, and nothing has changed hands. */
        UNDONE;

        boolean isAcknowledged() {
            return this == BEGUN || this == DONE || this == UNDONE;
        }
    }

    private final String player;
    private final String region;
    private final int amount;
    private Told told = Told.NOTHING;

    /**
     * @param player {@code character:<uuid>}
     * @param region {@code region:<a>,<b>}
     * @param amount in credits
     */
    Investment(String player, String region, int amount) {
        this.player = player;
        this.region = region;
        this.amount = amount;
    }

    String player() {
        return player;
    }

    String region() {
        return region;
    }

    int amount() {
        return amount;
    }

    Told told() {
        return told;
    }

    void tell(Told news) {
        told = news;
    }

    /** It has no end yet. */
    boolean isOpen() {
        return told == Told.NOTHING || told == Told.BEGUN;
    }

    @Override
    public String toString() {
        return player + " pays " + amount + " into " + region + ": " + told;
    }
}
