package dev.terrane.games.skirmish.station;

import dev.terrane.command.CommandType;
import dev.terrane.command.Expiring;
import org.jspecify.annotations.Nullable;

/** What the trade asks of a ship's cell. */
public final class StationCommands {
    /** Brings bought goods aboard. Comes from the trade, when the money is set aside. */
    public static final CommandType<Goods> DELIVER = new CommandType<>(
                    "cmd.skirmish.deliver", 1, Goods.class, (goods, _) -> goods.customer())
            .answering(Delivered.class);

    private StationCommands() {}

    /**
     * @param customer {@code character:<uuid>}
     * @param what {@link Station#ROUNDS} or {@link Station#REPAIR}
     * @param quantity rounds, or points of hull and armor
     */
    public record Goods(
            String customer,
            String what,
            int quantity,
            @Nullable Long notAfterMillis) implements Expiring {}

    /** To a delivery. @param aboard rounds, or points of hull and armor, after it */
    public record Delivered(int aboard) {}
}
