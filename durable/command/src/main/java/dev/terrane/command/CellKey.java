package dev.terrane.command;

import dev.terrane.base.CharacterId;
import dev.terrane.base.RegionId;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The key of a command to a cell: who has to carry it out. Text form: {@code region:<a>,<b>} or {@code character:<uuid>}.
 *
 * <p>A character's commands go to the cell that has its avatar when they are delivered; a region's to the region's first layer.
 */
public sealed interface CellKey {
    /** Whoever owns the region. */
    record OfRegion(RegionId region) implements CellKey {
        @Override
        public String toString() {
            return "region:" + region.a() + "," + region.b();
        }
    }

    /** Whoever has the character's avatar. */
    record OfCharacter(CharacterId character) implements CellKey {
        @Override
        public String toString() {
            return "character:" + character.value();
        }
    }

    Pattern REGION = Pattern.compile("region:(-?\\d{1,9}),(-?\\d{1,9})");
    Pattern CHARACTER = Pattern.compile("character:([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})");

    /** Empty when the text is no such key. */
    static Optional<CellKey> parse(String text) {
        Matcher region = REGION.matcher(text);
        if (region.matches()) {
            return Optional.of(
                    new OfRegion(new RegionId(Integer.parseInt(region.group(1)), Integer.parseInt(region.group(2)))));
        }
        Matcher character = CHARACTER.matcher(text);
        if (character.matches()) {
            return Optional.of(new OfCharacter(new CharacterId(UUID.fromString(character.group(1)))));
        }
        return Optional.empty();
    }
}
