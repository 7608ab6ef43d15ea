package dev.terrane.games.skirmish.hex;

import dev.terrane.base.RegionId;
import dev.terrane.command.CellKey;
import dev.terrane.command.CommandType;
import dev.terrane.command.Expiring;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What can be asked of hexes. */
public final class HexCommands {
    /** Pays into a hex. Comes from the trade, when the money for it is set aside; not from players. */
    public static final CommandType<Contribute> CONTRIBUTE = new CommandType<>(
                    "cmd.hex.contribute", 1, Contribute.class, (contribute, _) -> contribute.target())
            .answering(HexEvents.Changed.class);

    /** A shareholder votes, for another one or itself. */
    public static final CommandType<Vote> VOTE = new CommandType<>(
                    "cmd.hex.vote",
                    1,
                    Vote.class,
                    (vote, _) -> new CellKey.OfRegion(new RegionId(vote.a(), vote.b())).toString())
            .answering(HexEvents.Changed.class);

    /** Asks how a hex stands, and changes nothing: for whoever has just come. Answered with {@link Seen}. */
    public static final CommandType<Look> LOOK = new CommandType<>(
                    "cmd.hex.look",
                    1,
                    Look.class,
                    (look, _) -> new CellKey.OfRegion(new RegionId(look.a(), look.b())).toString())
            .answering(Seen.class);

    static final List<CommandType<?>> ALL = List.of(CONTRIBUTE, VOTE, LOOK);

    private HexCommands() {}

    /**
     * What a trade delivers.
     *
     * @param customer {@code character:<uuid>} of whoever pays
     * @param quantity of xp
     * @param target {@code region:<a>,<b>}
     */
    public record Contribute(
            String customer,
            int quantity,
            String target,
            @Nullable Long notAfterMillis) implements Expiring {
        /** At any time. */
        public Contribute(String customer, int quantity, String target) {
            this(customer, quantity, target, null);
        }
    }

    /** @param a of the region @param candidate {@code character:<uuid>} */
    public record Vote(int a, int b, String candidate) {}

    /** @param a of the region */
    public record Look(int a, int b) {}

    /** @param share what whoever asks has paid in; 0: nothing */
    public record Seen(HexEvents.Changed hex, long share) {}
}
