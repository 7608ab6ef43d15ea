package dev.terrane.inventory;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The slots of one container while a command is tried. A copy is cheap; what was tried in vain is thrown away with it. */
final class Slots {
    private final @Nullable Stack[] slots;

    Slots(int count) {
        this.slots = new @Nullable Stack[count];
    }

    private Slots(@Nullable Stack[] slots) {
        this.slots = slots;
    }

    Slots copy() {
        return new Slots(Arrays.copyOf(slots, slots.length));
    }

    int count() {
        return slots.length;
    }

    @Nullable
    Stack get(int slot) {
        return slots[slot];
    }

    void set(int slot, @Nullable Stack stack) {
        slots[slot] = stack;
    }

    long amountOf(ItemType type) {
        long amount = 0;
        for (Stack stack : slots) {
            amount += stack != null && stack.type().equals(type) ? stack.amount() : 0;
        }
        return amount;
    }

    /** Puts a stackable amount onto stacks that are there, then into free slots, each in order. False: it does not all fit. */
    boolean add(ItemType type, int amount) {
        int left = amount;
        for (int slot = 0; slot < slots.length && left > 0; slot++) {
            Stack stack = slots[slot];
            if (stack != null && stack.type().equals(type) && stack.amount() < type.stackMax()) {
                int more = Math.min(left, type.stackMax() - stack.amount());
                slots[slot] = stack.withAmount(stack.amount() + more);
                left -= more;
            }
        }
        for (int slot = 0; slot < slots.length && left > 0; slot++) {
            if (slots[slot] == null) {
                int more = Math.min(left, type.stackMax());
                slots[slot] = new Stack(type, more, 0);
                left -= more;
            }
        }
        return left == 0;
    }

    /** Puts a unique item into the first free slot. */
    boolean addItem(Stack item) {
        for (int slot = 0; slot < slots.length; slot++) {
            if (slots[slot] == null) {
                slots[slot] = item;
                return true;
            }
        }
        return false;
    }

    /** Takes an amount that is there, from the first slots first; unique items that leave go into {@code taken}. */
    void remove(ItemType type, int amount, List<Long> taken) {
        int left = amount;
        for (int slot = 0; slot < slots.length && left > 0; slot++) {
            Stack stack = slots[slot];
            if (stack != null && stack.type().equals(type)) {
                int less = Math.min(left, stack.amount());
                take(slot, less);
                left -= less;
                if (type.unique()) {
                    taken.add(stack.item());
                }
            }
        }
    }

    /** Takes from one slot what is there. */
    void take(int slot, int amount) {
        Stack stack = slots[slot];
        if (stack != null) {
            slots[slot] = stack.amount() == amount ? null : stack.withAmount(stack.amount() - amount);
        }
    }

    /** Where a unique item lies; -1: not here. */
    int find(ItemType type, long item) {
        for (int slot = 0; slot < slots.length; slot++) {
            Stack stack = slots[slot];
            if (stack != null && stack.item() == item && stack.type().equals(type)) {
                return slot;
            }
        }
        return -1;
    }
}
