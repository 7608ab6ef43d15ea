package dev.terrane.inventory;

import dev.terrane.command.CommandLimits;
import dev.terrane.command.CommandType;
import dev.terrane.command.Expiring;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the inventory can be asked for. Containers are named by their addresses.
 *
 * <p><b>Keys.</b> A command's key is the container that something leaves: whether there is enough depends on it, so what is taken out of a container happens in the order
 * in which it was asked for. A grant is keyed by the container that it fills, so it comes before what is taken from there later. Whether the target has room is seen when
 * the command's turn comes: order between two containers is not promised, and nobody is given more room by it.
 *
 * <p><b>Who may.</b> A character takes from containers of its own, and puts into its own. {@code cell:}, {@code job:}, {@code service:} and {@code admin:} act for the server: they
 * take from and put into any, and alone make and use up.
 */
public final class InventoryCommands {
    /** Opens a container of a declared kind; one that is open stays as it is. */
    public static final CommandType<Open> OPEN =
            type("open", Open.class, Open::container).answering(InventoryResults.Opened.class);
    /** Makes goods; opens the container if need be. */
    public static final CommandType<Grant> GRANT =
            type("grant", Grant.class, Grant::to).answering(InventoryResults.Carried.class);
    /** Uses goods up. */
    public static final CommandType<Consume> CONSUME =
            type("consume", Consume.class, Consume::from).answering(InventoryResults.Carried.class);
    /** Moves from slot to slot: moves, splits and merges stacks. */
    public static final CommandType<Move> MOVE =
            type("move", Move.class, Move::from).answering(InventoryResults.Placed.class);
    /** Moves an amount of a type to another container, from and to whichever slots. */
    public static final CommandType<Transfer> TRANSFER =
            type("transfer", Transfer.class, Transfer::from).answering(InventoryResults.Carried.class);

    /** All of them. */
    public static final List<CommandType<?>> ALL = List.of(OPEN, GRANT, CONSUME, MOVE, TRANSFER);

    private InventoryCommands() {}

    public record Open(String container) {}

    /** @param source what the goods come from: a wreck, a purchase, a quest */
    public record Grant(String to, String item, int amount, String source) {}

    /** @param unique number of a unique item; else any is taken */
    public record Consume(
            String from,
            String item,
            int amount,
            @Nullable Long unique,
            @Nullable String reference) {}

    /**
     * @param toSlot onto a stack of the same type, or into a free slot
     * @param amount all of the stack, or a part: then it is split
     */
    public record Move(String from, int fromSlot, String to, int toSlot, int amount) {}

    /** @param unique number of a unique item; else any is taken */
    public record Transfer(
            String from,
            String to,
            String item,
            int amount,
            @Nullable Long unique,
            @Nullable String reference,
            @Nullable Long notAfterMillis)
            implements Expiring {
        /** At any time. */
        public Transfer(
                String from, String to, String item, int amount, @Nullable Long unique, @Nullable String reference) {
            this(from, to, item, amount, unique, reference, null);
        }
    }

    private interface Key<P> {
        String of(P payload);
    }

    private static <P extends Record> CommandType<P> type(String verb, Class<P> payload, Key<P> key) {
        return new CommandType<>("cmd.inventory." + verb, 1, payload, (command, _) -> clipped(key.of(command)));
    }

    /** What is too long is no address: any key will do for its refusal. */
    private static String clipped(String key) {
        return key.length() <= CommandLimits.KEY_CHARS_MAX ? key : key.substring(0, CommandLimits.KEY_CHARS_MAX);
    }
}
