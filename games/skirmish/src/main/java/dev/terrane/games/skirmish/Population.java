package dev.terrane.games.skirmish;

import java.util.Map;

/** How full a region is. */
record Population(int dronesPerRegion, int asteroidsPerRegion) {
    private static final int COUNT_MAX = 5_000;

    /** @throws IllegalArgumentException naming the option and the range */
    static Population of(Map<String, String> options) {
        return new Population(count(options, "dronesPerRegion", 7), count(options, "asteroidsPerRegion", 12));
    }

    private static int count(Map<String, String> options, String key, int otherwise) {
        String value = options.get(key);
        if (value == null) {
            return otherwise;
        }
        try {
            int count = Integer.parseInt(value.strip());
            if (count >= 0 && count <= COUNT_MAX) {
                return count;
            }
        } catch (NumberFormatException notANumber) {
            // said below, together with the range
        }
        throw new IllegalArgumentException(
                "skirmish option " + key + " is '" + value + "', it must be a number from 0 to " + COUNT_MAX);
    }
}
