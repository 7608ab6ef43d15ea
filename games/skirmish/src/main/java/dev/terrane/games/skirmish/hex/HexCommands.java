package dev.terrane.games.skirmish.hex;

import dev.terrane.base.RegionId;
import dev.terrane.command.CellKey;
import dev.terrane.command.CommandType;
import java.util.List;

/** What can be asked of hexes. */
public final class HexCommands {
    /** Pays into a hex. Comes from the trade, when the money for it is set aside; not from players. */
    public static final CommandType<Contribute> CONTRIBUTE =
            new CommandType<>("cmd.hex.contribute", 1, Contribute.class, (contribute, _) -> contribute.target());

    /** A shareholder votes, for another one or itself. */
    public static final CommandType<Vote> VOTE = new CommandType<>(
            "cmd.hex.vote",
            1,
            Vote.class,
            (vote, _) -> new CellKey.OfRegion(new RegionId(vote.a(), vote.b())).toString());

    static final List<CommandType<?>> ALL = List.of(CONTRIBUTE, VOTE);

    private HexCommands() {}

    /**
     * What a trade delivers.
     *
     * @param customer {@code character:<uuid>} of whoever pays
     * @param quantity of xp
     * @param target {@code region:<a>,<b>}
     */
    public record Contribute(String customer, int quantity, String target) {}

    /** @param a of the region @param candidate {@code character:<uuid>} */
    public record Vote(int a, int b, String candidate) {}
}
