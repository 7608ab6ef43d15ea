package dev.terrane.inventory;

/** What lies in a slot. @param amount from 1 to the type's limit @param item number of a unique item; 0 for stackable ones */
public record Stack(ItemType type, int amount, long item) {
    Stack withAmount(int other) {
        return new Stack(type, other, item);
    }
}
