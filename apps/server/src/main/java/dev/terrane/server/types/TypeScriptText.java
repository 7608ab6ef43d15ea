package dev.terrane.server.types;

import dev.terrane.json.JsonTree;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Lines of TypeScript. Whatever a server says becomes names and texts, never code. */
final class TypeScriptText {
    private static final String INDENT = "  ";
    private static final String REFERENCE = "#/$defs/";
    private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_$][A-Za-z0-9_$]*");
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._-]+");

    private final StringBuilder text = new StringBuilder();
    private int depth;

    void line(String line) {
        text.append(INDENT.repeat(depth)).append(line).append('\n');
    }

    void open(String line) {
        line(line);
        depth++;
    }

    void close(String line) {
        depth--;
        line(line);
    }

    void comment(String comment) {
        line("/** " + comment + " */");
    }

    /** Before something new. @param comment empty: none */
    void gap(String comment) {
        text.append('\n');
        if (!comment.isEmpty()) {
            comment(comment);
        }
    }

    @Override
    public String toString() {
        return text.toString();
    }

    /** {@code my-game} as {@code MyGame}. */
    static String pascal(String game) {
        StringBuilder name = new StringBuilder();
        for (String word : plain(game).split("[._-]+", -1)) {
            if (!word.isEmpty()) {
                name.append(word.substring(0, 1).toUpperCase(Locale.ROOT)).append(word.substring(1));
            }
        }
        return name.isEmpty() || Character.isDigit(name.charAt(0)) ? "Game" + name : name.toString();
    }

    /** {@code my-game} as {@code myGame}. */
    static String camel(String game) {
        String name = pascal(game);
        return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
    }

    /** What may stand in a comment. */
    static String plain(String word) {
        if (!PLAIN.matcher(word).matches()) {
            throw new IllegalArgumentException("the world's types have the name '" + word + "', which is none");
        }
        return word;
    }

    static String quoted(String value) {
        StringBuilder quoted = new StringBuilder("'");
        for (char c : value.toCharArray()) {
            if (c == '\'' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ' || c > '~') {
                quoted.append("\\u%04x".formatted((int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('\'').toString();
    }

    static String key(String name) {
        return IDENTIFIER.matcher(name).matches() ? name : quoted(name);
    }

    /** The name of a record. */
    static String reference(String record) {
        if (!IDENTIFIER.matcher(record).matches()) {
            throw new IllegalArgumentException("the world's types have a record '" + record + "', which is no name");
        }
        return record;
    }

    /** The type of a JSON schema, of those that {@link PayloadShapes} writes. */
    static String type(JsonTree schema) {
        String reference = schema.get("$ref").text();
        if (reference.startsWith(REFERENCE)) {
            return reference(reference.substring(REFERENCE.length()));
        }
        List<JsonTree> choices = schema.get("enum").items();
        return switch (schema.get("type").text()) {
            case "integer", "number" -> "number";
            case "boolean" -> "boolean";
            case "string" ->
                choices.isEmpty()
                        ? "string"
                        : choices.stream().map(choice -> quoted(choice.text())).collect(Collectors.joining(" | "));
            case "array" -> {
                String item = type(schema.get("items"));
                yield "readonly " + (item.contains(" ") ? "(" + item + ")" : item) + "[]";
            }
            default -> "unknown";
        };
    }
}
