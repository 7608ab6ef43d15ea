package dev.terrane.inventory;

import dev.terrane.command.EventType;
import java.util.List;

/** What is answered to commands that were carried out, and what listeners are told. */
public final class InventoryResults {
    /** Topic of {@link Moved}. */
    public static final String MOVED = "evt.inventory.moved";
    /** What players hear of. */
    public static final List<EventType> EVENTS = List.of(new EventType(MOVED, Moved.class));

    private InventoryResults() {}

    /** To {@link InventoryCommands#OPEN}. @param created false: it was open */
    public record Opened(String container, boolean created, int slotCount) {}

    /** To a grant, a consumption, a transfer. @param items numbers of the unique ones */
    public record Carried(long transaction, int amount, List<Long> items) {}

    /** To a move. @param transaction 0: nothing left its container */
    public record Placed(long transaction, int amount) {}

    /** One movement, as listeners are told. @param from empty: made @param to empty: used up @param item 0: not unique */
    public record Moved(
            long transaction, String item, int amount, long unique, String from, String to, String reference) {}
}
