package dev.terrane.wasm;

import dev.terrane.ecs.FieldKind;
import dev.terrane.ecs.Schema;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the custom section {@code terrane.rule}: text, a line for the format, then one for each column of the module in their order.
 *
 * <pre>
 *   format 1
 *   kit.controls.moveX f32 in
 *   kit.position.x f32 inout
 *   solid game.rock.radius where game.rock.kind 2
 * </pre>
 *
 * <p>The last line is there if the rule has a {@code bounce}.
 *
 * @param solid null: nothing is in the way of anybody
 */
record RuleSection(List<RuleField> fields, @Nullable RuleSolid solid) {
    static final String NAME = "terrane.rule";
    static final int FIELD_COUNT_MAX = 64;

    private static final String FORMAT = "format 1";
    private static final String SOLID = "solid";

    /** @throws IllegalArgumentException saying which line is wrong, and how */
    static RuleSection read(byte[] bytes, Schema schema) {
        String[] lines =
                new String(bytes, StandardCharsets.UTF_8).stripTrailing().split("\n", -1);
        if (!lines[0].equals(FORMAT)) {
            throw wrong(1, lines[0], "this server reads '" + FORMAT + "'");
        }
        RuleSolid solid = solid(lines, schema);
        int end = solid == null ? lines.length : lines.length - 1;
        if (end < 2 || end > 1 + FIELD_COUNT_MAX) {
            throw new IllegalArgumentException(
                    "section " + NAME + " names " + (end - 1) + " fields, but a rule has 1 to " + FIELD_COUNT_MAX);
        }
        List<RuleField> fields = new ArrayList<>();
        for (int i = 1; i < end; i++) {
            RuleField field = field(i + 1, lines[i], schema);
            if (fields.stream().anyMatch(other -> other.field().equals(field.field()))) {
                throw wrong(i + 1, lines[i], "this field is named twice");
            }
            fields.add(field);
        }
        return new RuleSection(List.copyOf(fields), solid);
    }

    /** In the last line, or not at all. */
    private static @Nullable RuleSolid solid(String[] lines, Schema schema) {
        String line = lines[lines.length - 1];
        if (!line.startsWith(SOLID + " ")) {
            return null;
        }
        String[] words = line.split(" ", -1);
        if (words.length != 5 || !words[2].equals("where")) {
            throw wrong(lines.length, line, "it has to be like 'solid game.rock.radius where game.rock.kind 2'");
        }
        try {
            return RuleSolid.of(schema, words[1], words[3], Integer.parseInt(words[4]));
        } catch (NumberFormatException notANumber) {
            throw wrong(lines.length, line, "'" + words[4] + "' is no whole number");
        } catch (IllegalArgumentException unknown) {
            throw wrong(lines.length, line, String.valueOf(unknown.getMessage()));
        }
    }

    private static RuleField field(int number, String line, Schema schema) {
        String[] words = line.split(" ", -1);
        if (words.length != 3) {
            throw wrong(number, line, "it has to be like 'kit.position.x f32 inout'");
        }
        FieldKind kind = switch (words[1]) {
            case "f32" -> FieldKind.FLOAT;
            case "i32" -> FieldKind.INT;
            default -> throw wrong(number, line, "a field is f32 or i32");
        };
        boolean written = switch (words[2]) {
            case "in" -> false;
            case "inout" -> true;
            default -> throw wrong(number, line, "a field is in or inout");
        };
        try {
            return RuleField.of(schema, words[0], kind, written);
        } catch (IllegalArgumentException unknown) {
            throw wrong(number, line, String.valueOf(unknown.getMessage()));
        }
    }

    private static IllegalArgumentException wrong(int number, String line, String why) {
        return new IllegalArgumentException("line " + number + " of section " + NAME + ", '" + line + "': " + why);
    }
}
