package dev.terrane.rule;

import dev.terrane.rule.RuleColumn.Kind;
import dev.terrane.rule.RuleColumn.Line;
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
record RuleSection(List<RuleColumn> columns, @Nullable RuleSolid solid) {
    static final String NAME = "terrane.rule";
    static final int COLUMN_COUNT_MAX = 64;

    private static final String FORMAT = "format 1";
    private static final String SOLID = "solid";

    /** @throws IllegalArgumentException saying which line is wrong, and how */
    static RuleSection read(byte[] bytes) {
        String[] lines =
                new String(bytes, StandardCharsets.UTF_8).stripTrailing().split("\n", -1);
        if (!lines[0].equals(FORMAT)) {
            throw wrong(new Line(1, lines[0]), "all that can be read here is '" + FORMAT + "'");
        }
        RuleSolid solid = solid(new Line(lines.length, lines[lines.length - 1]));
        int end = solid == null ? lines.length : lines.length - 1;
        if (end < 2 || end > 1 + COLUMN_COUNT_MAX) {
            throw new IllegalArgumentException(
                    "section " + NAME + " names " + (end - 1) + " fields, but a rule has 1 to " + COLUMN_COUNT_MAX);
        }
        List<RuleColumn> columns = new ArrayList<>();
        for (int i = 1; i < end; i++) {
            RuleColumn column = column(new Line(i + 1, lines[i]));
            if (columns.stream().anyMatch(other -> other.isOf(column.component(), column.field()))) {
                throw wrong(column.line(), "this field is named twice");
            }
            columns.add(column);
        }
        return new RuleSection(List.copyOf(columns), solid);
    }

    /** In the last line, or not at all. */
    private static @Nullable RuleSolid solid(Line line) {
        if (!line.text().startsWith(SOLID + " ")) {
            return null;
        }
        String[] words = line.text().split(" ", -1);
        if (words.length != 5 || !words[2].equals("where")) {
            throw wrong(line, "it has to be like 'solid game.rock.radius where game.rock.kind 2'");
        }
        try {
            return new RuleSolid(
                    RuleColumn.of(words[1], Kind.F32, false, line),
                    RuleColumn.of(words[3], Kind.I32, false, line),
                    Integer.parseInt(words[4]));
        } catch (NumberFormatException notANumber) {
            throw wrong(line, "'" + words[4] + "' is no whole number");
        }
    }

    private static RuleColumn column(Line line) {
        String[] words = line.text().split(" ", -1);
        if (words.length != 3) {
            throw wrong(line, "it has to be like 'kit.position.x f32 inout'");
        }
        Kind kind = switch (words[1]) {
            case "f32" -> Kind.F32;
            case "i32" -> Kind.I32;
            default -> throw wrong(line, "a field is f32 or i32");
        };
        boolean written = switch (words[2]) {
            case "in" -> false;
            case "inout" -> true;
            default -> throw wrong(line, "a field is in or inout");
        };
        return RuleColumn.of(words[0], kind, written, line);
    }

    private static IllegalArgumentException wrong(Line line, String why) {
        return new IllegalArgumentException(line.wrong(why));
    }
}
