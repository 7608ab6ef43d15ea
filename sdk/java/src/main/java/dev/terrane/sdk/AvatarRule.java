package dev.terrane.sdk;

import dev.terrane.rule.CompiledRule;
import dev.terrane.rule.RuleColumn;
import dev.terrane.rule.RuleInstance;
import dev.terrane.rule.RuleSolid;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A world's movement rule over one avatar: what it makes of a state and an input is what the server makes of them, to the last bit. Fields are counted as the
 * rule's columns are; place and heading come after them where it has none. Not thread-safe.
 */
final class AvatarRule {
    /** What the driver wants: nobody is told it, for the client knows it first. */
    private static final String CONTROLS = "kit.controls";

    private static final String[][] DRAWN = {
        {"kit.position", "x"}, {"kit.position", "y"}, {"kit.position", "z"}, {"kit.heading", "yaw"}
    };

    private final RuleInstance instance;
    private final Optional<RuleSolid> solid;
    private final List<AvatarField> fields;
    private final @Nullable Control[] controls;
    private final int columnCount;

    /** A field of the own avatar. */
    record AvatarField(String component, String name, RuleColumn.Kind kind, boolean written) {}

    /** Where in an input a column's value stands. */
    private enum Control {
        MOVE_X,
        MOVE_Y,
        AIM,
        HELD,
        PRESSED,
        UNKNOWN;

        int bits(Input input) {
            return switch (this) {
                case MOVE_X -> Float.floatToRawIntBits(input.moveX());
                case MOVE_Y -> Float.floatToRawIntBits(input.moveY());
                case AIM -> Float.floatToRawIntBits(input.aim());
                case HELD -> input.held();
                case PRESSED -> input.pressed();
                case UNKNOWN -> 0;
            };
        }

        static @Nullable Control of(RuleColumn column) {
            if (!column.component().equals(CONTROLS)) {
                return null;
            }
            return switch (column.field()) {
                case "moveX" -> MOVE_X;
                case "moveY" -> MOVE_Y;
                case "aim" -> AIM;
                case "held" -> HELD;
                case "pressed" -> PRESSED;
                default -> UNKNOWN;
            };
        }
    }

    AvatarRule(CompiledRule rule) {
        this.instance = rule.start();
        this.solid = rule.solid();
        this.columnCount = rule.columns().size();
        List<AvatarField> all = new ArrayList<>();
        this.controls = new Control[columnCount];
        for (RuleColumn column : rule.columns()) {
            controls[all.size()] = Control.of(column);
            all.add(new AvatarField(column.component(), column.field(), column.kind(), column.written()));
        }
        for (String[] drawn : DRAWN) {
            if (all.stream().noneMatch(field -> isOf(field, drawn[0], drawn[1]))) {
                all.add(new AvatarField(drawn[0], drawn[1], RuleColumn.Kind.F32, false));
            }
        }
        this.fields = List.copyOf(all);
    }

    /** In the order in which an {@link AvatarState} has them. */
    List<AvatarField> fields() {
        return fields;
    }

    /** -1 for a field that neither the rule knows nor whoever draws. */
    int indexOf(String component, String name) {
        for (int i = 0; i < fields.size(); i++) {
            if (isOf(fields.get(i), component, name)) {
                return i;
            }
        }
        return -1;
    }

    /** What is in the way, as the rule says. */
    Optional<RuleSolid> solid() {
        return solid;
    }

    /** Where the avatar is from now on. */
    void place(float[] openSides) {
        instance.place(openSides);
    }

    /**
     * The state after so much simulated time with this input held; what came in stays as it was.
     *
     * @param solids x, y and radius of each thing that is near, from the origin of the avatar's region
     * @throws IllegalStateException if the rule stopped of itself
     */
    AvatarState step(AvatarState before, Input input, float seconds, float[] solids) {
        for (int i = 0; i < columnCount; i++) {
            Control control = controls[i];
            instance.putBits(i, control == null ? before.bits(i) : control.bits(input));
        }
        instance.step(1, seconds);
        if (solids.length > 0 && solid.isPresent()) {
            instance.bounce(solids, solids.length / Solids.VALUES);
        }
        int[] after = before.copy();
        for (int i = 0; i < columnCount; i++) {
            if (fields.get(i).written() && before.has(i)) {
                after[i] = instance.bits(i);
            }
        }
        return before.with(after);
    }

    /** To the bit, in all that the rule reads. WebAssembly leaves open which NaN one is. */
    boolean same(AvatarState predicted, AvatarState told) {
        for (int i = 0; i < columnCount; i++) {
            if (predicted.has(i) != told.has(i) || predicted.bits(i) != told.bits(i) && !areNaN(i, predicted, told)) {
                return false;
            }
        }
        return true;
    }

    private boolean areNaN(int field, AvatarState one, AvatarState other) {
        return fields.get(field).kind() == RuleColumn.Kind.F32
                && Float.isNaN(one.floatValue(field))
                && Float.isNaN(other.floatValue(field));
    }

    private static boolean isOf(AvatarField field, String component, String name) {
        return field.component().equals(component) && field.name().equals(name);
    }
}
