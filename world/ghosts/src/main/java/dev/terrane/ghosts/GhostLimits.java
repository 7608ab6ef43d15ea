package dev.terrane.ghosts;

/**
 * How much of others a cell sees, and how long.
 *
 * @param ghostCountMax ghosts at a time
 * @param followedCountMax followed at a time
 * @param followTicks how long one asking to follow lasts
 */
public record GhostLimits(int ghostCountMax, int followedCountMax, int followTicks) {
    /** A subscription that is not renewed for so long is over, and so are the ghosts of a source that is silent for so long. */
    public static final int TTL_TICKS = 60;
    /** A subscription is renewed so long after it was last sent; and a publisher that has nothing to say says so. */
    public static final int RENEW_TICKS = 20;
    /** What was refused or not answered at all is sent again after so long. */
    public static final int RETRY_TICKS = 5;
    /** A chunk stays wanted for so long after the last need. */
    public static final int HYSTERESIS_TICKS = 40;
    /** A ghost that changes its owner is kept for so long until the new owner tells of it. */
    public static final int BRIDGE_TICKS = 10;
    /** Cells that one cell may publish to: a set of them is a {@code long}. */
    public static final int SUBSCRIBER_COUNT_MAX = 64;
    /** Cells that one cell may subscribe to. */
    public static final int SOURCE_COUNT_MAX = 256;
}
