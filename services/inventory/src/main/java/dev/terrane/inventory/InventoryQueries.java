package dev.terrane.inventory;

import java.util.List;

/**
 * Questions to the books of goods. Answers are of one moment. Any thread may call; calls block for a few seconds at most, never from a tick, and throw the store's own
 * exception when it is away.
 */
public interface InventoryQueries {
    /** A container and what is in it. */
    record View(String container, String kind, int slotCount, List<SlotView> slots) {}

    /** A slot that is not empty. @param unique number of a unique item, else 0 */
    record SlotView(int slot, String item, int amount, long unique) {}

    /** A movement. @param from empty: made @param to empty: used up */
    record Entry(
            long id,
            long transaction,
            String item,
            int amount,
            long unique,
            String from,
            String to,
            String reference,
            long atMillis) {}

    /**
     * Whether the books are right.
     *
     * @param totals per item type: all that was made, less what was used up, is what lies in containers
     * @param differingContainers whose slots do not hold what movements add up to, at most 100: must be none
     */
    record Audit(List<Total> totals, List<String> differingContainers) {
        /** Whether all is as it must be. */
        public boolean sound() {
            return differingContainers.isEmpty()
                    && totals.stream().allMatch(total -> total.made() - total.usedUp() == total.present());
        }
    }

    /** Of one item type. */
    record Total(String item, long made, long usedUp, long present) {}

    /** What can be had. */
    List<ItemType> itemTypes();

    /** Of an owner, by address, at most 64. */
    List<View> containers(String owner);

    /** What came and went, newest first. @param before only movements with lower ids; {@link Long#MAX_VALUE} for the first page @param countMax at most 1,000 */
    List<Entry> history(String container, long before, int countMax);

    /** Adds everything up. Reads all movements: for operators and tests. */
    Audit audit();
}
