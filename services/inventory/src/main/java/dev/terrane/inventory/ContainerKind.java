package dev.terrane.inventory;

import java.util.regex.Pattern;

/** What containers of one kind have in common. @param code small letters and digits: {@code cargo} @param slotCount of each */
public record ContainerKind(String code, int slotCount) {
    private static final Pattern CODE = Pattern.compile("[a-z][a-z0-9]{0,15}");

    public ContainerKind {
        if (!CODE.matcher(code).matches()) {
            throw new IllegalArgumentException(
                    "'" + code + "' is no code of a kind of container; it must match " + CODE);
        }
        if (slotCount < 1 || slotCount > InventoryLimits.SLOT_COUNT_MAX) {
            throw new IllegalArgumentException(
                    code + " has " + slotCount + " slots; there may be 1 to " + InventoryLimits.SLOT_COUNT_MAX);
        }
    }
}
