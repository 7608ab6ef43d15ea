package dev.terrane.inventory;

import java.util.regex.Pattern;

/**
 * What an item is. Stackable ones are alike and only counted; each unique one has a number of its own, and a slot to itself.
 *
 * @param code small letters, digits, hyphens: {@code ammo}
 * @param stackMax in one slot; 1 for unique ones
 */
public record ItemType(String code, int stackMax, boolean unique) {
    private static final Pattern CODE = Pattern.compile("[a-z][a-z0-9-]{0,31}");

    public ItemType {
        if (!CODE.matcher(code).matches()) {
            throw new IllegalArgumentException("'" + code + "' is no code of an item type; it must match " + CODE);
        }
        if (stackMax < 1 || stackMax > InventoryLimits.AMOUNT_MAX || unique && stackMax != 1) {
            throw new IllegalArgumentException(code + " cannot have stacks of " + stackMax);
        }
    }

    /** Counted. */
    public static ItemType stackable(String code, int stackMax) {
        return new ItemType(code, stackMax, false);
    }

    /** Each with its number. */
    public static ItemType unique(String code) {
        return new ItemType(code, 1, true);
    }
}
