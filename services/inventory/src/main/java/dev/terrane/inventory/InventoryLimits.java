package dev.terrane.inventory;

/** What may be at most. */
public final class InventoryLimits {
    /** Of one command, and of one stack. */
    public static final int AMOUNT_MAX = 1_000_000_000;
    /** Slots of a container: all of them are read whenever it takes part in something. */
    public static final int SLOT_COUNT_MAX = 256;
    /** Containers that a character may have and still open one more: they stay for good, and are all told at once. */
    public static final int CONTAINERS_PER_CHARACTER_MAX = 16;
    /** Unique items that one command makes or moves: each has a number and a line in the ledger. */
    public static final int UNIQUE_COUNT_MAX = 16;
    /** Of a source or a reference. */
    public static final int REFERENCE_CHARS_MAX = 128;
    /** Numbers that one command may use for movements, items and containers. */
    public static final int NUMBERS_PER_COMMAND_MAX = 2 * UNIQUE_COUNT_MAX + 1;

    private InventoryLimits() {}
}
