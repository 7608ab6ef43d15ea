package dev.terrane.conditions;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Conditions as people write them. */
final class LinkConditionsText {
    private static final String NONE = "none";
    private static final List<String> PARTS = List.of("rtt", "jitter", "stall", "stalls", "kbps", "seed");
    private static final String EXAMPLE = "rtt=100,jitter=20,stall=300,stalls=6,kbps=2000";
    /** All parts with their longest values have fewer; clients send it, so it is looked at before it is read. */
    private static final int CHARS_MAX = 128;

    private LinkConditionsText() {}

    static LinkConditions parse(String text) {
        if (text.length() > CHARS_MAX) {
            throw new IllegalArgumentException("a link's conditions have at most %d characters, such as %s; here are %d"
                    .formatted(CHARS_MAX, EXAMPLE, text.length()));
        }
        if (text.strip().equals(NONE)) {
            return LinkConditions.NONE;
        }
        Map<String, Long> values = new LinkedHashMap<>();
        for (String part : text.split(",", -1)) {
            read(part.strip(), values);
        }
        return new LinkConditions(
                small(values, "rtt"),
                small(values, "jitter"),
                small(values, "stall"),
                small(values, "stalls"),
                small(values, "kbps"),
                values.getOrDefault("seed", 0L));
    }

    private static void read(String part, Map<String, Long> values) {
        int equals = part.indexOf('=');
        if (equals < 0) {
            throw new IllegalArgumentException(
                    "'%s' is not of the form name=number; a link's conditions look like %s, or %s"
                            .formatted(part, EXAMPLE, NONE));
        }
        String name = part.substring(0, equals).strip();
        if (!PARTS.contains(name)) {
            throw new IllegalArgumentException("'%s' is none of %s".formatted(name, String.join(", ", PARTS)));
        }
        String number = part.substring(equals + 1).strip();
        try {
            if (values.put(name, Long.parseLong(number)) != null) {
                throw new IllegalArgumentException("'%s' is given twice".formatted(name));
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("%s='%s' must be a whole number".formatted(name, number), e);
        }
    }

    /** Clamped, and still out of range then: the record says what the range is. */
    private static int small(Map<String, Long> values, String name) {
        return Math.clamp(values.getOrDefault(name, 0L), Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    static String print(LinkConditions conditions) {
        Map<String, Long> values = new LinkedHashMap<>();
        values.put("rtt", (long) conditions.rttMillis());
        values.put("jitter", (long) conditions.jitterMillis());
        values.put("stall", (long) conditions.stallMillis());
        values.put("stalls", (long) conditions.stallsPerMinute());
        values.put("kbps", (long) conditions.kbitPerSecond());
        values.put("seed", conditions.seed());
        values.values().removeIf(value -> value == 0);
        return values.isEmpty()
                ? NONE
                : values.entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .collect(Collectors.joining(","));
    }
}
