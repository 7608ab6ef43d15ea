package dev.terrane.server.cli;

import java.util.function.Consumer;

/** Writes one flat or nested JSON object. For command output; not for documents. */
final class JsonText {
    private final StringBuilder text = new StringBuilder("{");

    JsonText text(String key, String value) {
        return raw(key, quoted(value));
    }

    JsonText number(String key, double value) {
        if (!Double.isFinite(value)) {
            return raw(key, "null");
        }
        return raw(
                key,
                value == Math.rint(value) && Math.abs(value) < 1e15
                        ? Long.toString((long) value)
                        : Double.toString(value));
    }

    JsonText object(String key, Consumer<JsonText> content) {
        JsonText inner = new JsonText();
        content.accept(inner);
        return raw(key, inner.end());
    }

    String end() {
        return text.append('}').toString();
    }

    private JsonText raw(String key, String value) {
        if (text.length() > 1) {
            text.append(',');
        }
        text.append(quoted(key)).append(':').append(value);
        return this;
    }

    private static String quoted(String value) {
        StringBuilder quoted = new StringBuilder("\"");
        for (char c : value.toCharArray()) {
            switch (c) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                default -> {
                    if (c < ' ') {
                        quoted.append("\\u%04x".formatted((int) c));
                    } else {
                        quoted.append(c);
                    }
                }
            }
        }
        return quoted.append('"').toString();
    }
}
