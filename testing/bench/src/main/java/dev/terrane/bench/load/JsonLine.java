package dev.terrane.bench.load;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Writes one flat JSON object. */
final class JsonLine {
    private static final int ESCAPED_BELOW = ' ';

    private final StringBuilder text = new StringBuilder("{");

    JsonLine text(String key, String value) {
        return raw(key, quoted(value));
    }

    /** Rounded to what was measured: six digits; what could not be measured is null. */
    JsonLine number(String key, double value) {
        if (!Double.isFinite(value)) {
            return raw(key, "null");
        }
        boolean whole = value == Math.rint(value) && Math.abs(value) < 1e15;
        return raw(key, whole ? Long.toString((long) value) : String.format(Locale.ROOT, "%.4f", value));
    }

    JsonLine bool(String key, boolean value) {
        return raw(key, Boolean.toString(value));
    }

    JsonLine texts(String key, List<String> values) {
        return raw(key, values.stream().map(JsonLine::quoted).collect(Collectors.joining(",", "[", "]")));
    }

    String end() {
        return text.append('}').toString();
    }

    private JsonLine raw(String key, String value) {
        if (text.length() > 1) {
            text.append(',');
        }
        text.append(quoted(key)).append(':').append(value);
        return this;
    }

    private static String quoted(String value) {
        StringBuilder quoted = new StringBuilder("\"");
        for (char c : value.toCharArray()) {
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ESCAPED_BELOW) {
                quoted.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
