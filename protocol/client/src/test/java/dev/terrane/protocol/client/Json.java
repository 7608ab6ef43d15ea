package dev.terrane.protocol.client;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes maps, lists, texts and numbers as JSON; longs become texts, because other languages' numbers are too narrow for them. */
final class Json {
    private Json() {}

    /** An object with its keys in the given order: key, value, key, value … */
    static Map<String, Object> object(Object... keysAndValues) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            object.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return object;
    }

    static String write(Object value) {
        return write(value, "") + "\n";
    }

    private static String write(Object value, String indent) {
        return switch (value) {
            case Map<?, ?> map when map.isEmpty() -> "{}";
            case Map<?, ?> map ->
                map.entrySet().stream()
                        .map(e -> indent + "  \"" + e.getKey() + "\": " + write(e.getValue(), indent + "  "))
                        .collect(Collectors.joining(",\n", "{\n", "\n" + indent + "}"));
            case List<?> list when list.isEmpty() -> "[]";
            case List<?> list ->
                list.stream()
                        .map(e -> indent + "  " + write(e, indent + "  "))
                        .collect(Collectors.joining(",\n", "[\n", "\n" + indent + "]"));
            case String text -> "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
            case Long number -> "\"" + number + "\"";
            case Float number -> String.valueOf(number.doubleValue());
            default -> value.toString();
        };
    }
}
