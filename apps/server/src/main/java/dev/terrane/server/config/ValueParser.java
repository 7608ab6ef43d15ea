package dev.terrane.server.config;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns the text of a key into its typed value, or into a sentence that says what is wrong with it. */
final class ValueParser {
    private final List<String> mistakes;

    ValueParser(List<String> mistakes) {
        this.mistakes = mistakes;
    }

    /** The value, or null after adding a mistake. */
    @Nullable
    Object parse(ConfigKeys.Entry entry, String raw, String origin) {
        Class<?> type = entry.type();
        if (type == String.class) {
            return text(entry, raw, origin);
        }
        if (type == Secret.class) {
            return new Secret(raw);
        }
        if (type == List.class) {
            return Arrays.stream(raw.split(","))
                    .map(String::strip)
                    .filter(item -> !item.isEmpty())
                    .toList();
        }
        if (type == boolean.class) {
            return truth(entry, raw, origin);
        }
        return number(entry, raw, origin);
    }

    private @Nullable Object text(ConfigKeys.Entry entry, String raw, String origin) {
        String[] allowed = entry.key().oneOf();
        if (allowed.length > 0 && !Arrays.asList(allowed).contains(raw)) {
            return wrong(entry, raw, origin, "must be one of " + String.join(", ", allowed));
        }
        return raw;
    }

    private @Nullable Object truth(ConfigKeys.Entry entry, String raw, String origin) {
        return switch (raw) {
            case "true" -> true;
            case "false" -> false;
            default -> wrong(entry, raw, origin, "must be true or false");
        };
    }

    private @Nullable Object number(ConfigKeys.Entry entry, String raw, String origin) {
        Class<?> type = entry.type();
        try {
            double value = type == double.class ? Double.parseDouble(raw) : Long.parseLong(raw);
            if (!(value >= entry.key().min() && value <= entry.key().max())) {
                return wrong(entry, raw, origin, "must be " + range(entry.key()));
            }
            if (type == double.class) {
                return value;
            }
            return type == int.class ? (Object) Math.toIntExact(Long.parseLong(raw)) : (Object) Long.parseLong(raw);
        } catch (ArithmeticException | NumberFormatException e) {
            return wrong(entry, raw, origin, "must be a " + (type == double.class ? "number" : "whole number"));
        }
    }

    private @Nullable Object wrong(ConfigKeys.Entry entry, String raw, String origin, String why) {
        mistakes.add("%s = '%s' (from %s) %s".formatted(entry.path(), raw, origin, why));
        return null;
    }

    static String range(Key key) {
        String unit = key.unit().isEmpty() ? "" : " " + key.unit();
        if (key.min() == Double.NEGATIVE_INFINITY && key.max() == Double.POSITIVE_INFINITY) {
            return "any";
        }
        return plain(key.min()) + " to " + plain(key.max()) + unit;
    }

    private static String plain(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }
}
