package dev.terrane.inventory;

/** Why a command of the inventory is refused, beside {@link dev.terrane.command.CommandErrors}. Nothing was changed then. */
public final class InventoryErrors {
    /** There is no container with this address: open it first. */
    public static final String UNKNOWN_CONTAINER = "UNKNOWN_CONTAINER";
    /** The sender may take from containers of its own only. */
    public static final String FOREIGN_CONTAINER = "FOREIGN_CONTAINER";
    /** A character has {@link InventoryLimits#CONTAINERS_PER_CHARACTER_MAX} containers already. */
    public static final String TOO_MANY_CONTAINERS = "TOO_MANY_CONTAINERS";
    /** Nobody has declared this kind of container. */
    public static final String UNKNOWN_KIND = "UNKNOWN_KIND";
    /** Nobody has declared this item type. */
    public static final String UNKNOWN_ITEM = "UNKNOWN_ITEM";
    /** No address of a container: owner/kind or owner/kind/name. */
    public static final String BAD_ADDRESS = "BAD_ADDRESS";
    /** Zero, negative or too large. */
    public static final String AMOUNT_OUT_OF_RANGE = "AMOUNT_OUT_OF_RANGE";
    /** The container or slot has less than is to leave it. */
    public static final String NOT_ENOUGH_ITEMS = "NOT_ENOUGH_ITEMS";
    /** The target's slots cannot take all of it. */
    public static final String NO_SPACE = "NO_SPACE";
    /** The container has no such slot. */
    public static final String SLOT_OUT_OF_RANGE = "SLOT_OUT_OF_RANGE";
    /** There is nothing in the slot. */
    public static final String SLOT_EMPTY = "SLOT_EMPTY";
    /** Something else is in the slot. */
    public static final String SLOT_TAKEN = "SLOT_TAKEN";
    /** The stack would become larger than its type allows. */
    public static final String STACK_FULL = "STACK_FULL";
    /** From a slot or container to itself. */
    public static final String SAME_PLACE = "SAME_PLACE";
    /** Goods come from somewhere: a grant names its source. */
    public static final String SOURCE_MISSING = "SOURCE_MISSING";

    private InventoryErrors() {}
}
