package dev.terrane.server.coordinator;

import dev.terrane.base.CellId;
import dev.terrane.base.RegionId;
import dev.terrane.base.WorldId;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what {@link CellId#toString} writes. */
final class CellNames {
    private static final Pattern FORM = Pattern.compile("([^/]+)/(-?\\d{1,9}),(-?\\d{1,9})#(\\d{1,3})");

    private CellNames() {}

    /** @throws IllegalArgumentException if it names no cell */
    static CellId parse(String name) {
        Matcher parts = FORM.matcher(name);
        if (!parts.matches()) {
            throw new IllegalArgumentException("cell '" + name + "' must be world/a,b#layer, as in skirmish/2,-1#0");
        }
        RegionId region = new RegionId(Integer.parseInt(parts.group(2)), Integer.parseInt(parts.group(3)));
        return new CellId(new WorldId(parts.group(1)), region, Integer.parseInt(parts.group(4)));
    }
}
