package dev.terrane.games.skirmish.hex;

import dev.terrane.command.EventType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What listeners are told of hexes; the key is the region. */
public final class HexEvents {
    public static final String CONTRIBUTED = "evt.hex.contributed";
    public static final String VOTED = "evt.hex.voted";
    /** The hex as it is now: {@link Changed}. Higher versions are newer. */
    public static final String CHANGED = "evt.hex.changed";

    /** What players hear of. */
    public static final List<EventType> ALL = List.of(
            new EventType(CONTRIBUTED, Contributed.class),
            new EventType(VOTED, Voted.class),
            new EventType(CHANGED, Changed.class));

    private HexEvents() {}

    /**
     * @param version of the hex after it
     * @param character {@code character:<uuid>}
     * @param share of this character now
     * @param owner of the hex when it was paid; empty: nobody's. Earlier versions did not say it
     */
    public record Contributed(
            String region,
            long version,
            String character,
            int amount,
            long share,
            @Nullable String owner) {}

    public record Voted(String region, long version, String character, String candidate, long share) {}

    /**
     * @param owner {@code character:<uuid>}; empty: nobody's
     * @param ownerName for people to read; empty: not known
     */
    public record Changed(
            String region, long version, int level, long xp, String owner, String ownerName, int shareholders) {}
}
