package dev.terrane.wasm;

import dev.terrane.ecs.Schema;
import dev.terrane.plugin.MovementRule;
import dev.terrane.rule.CompiledRule;
import dev.terrane.rule.RuleColumn;
import dev.terrane.rule.RuleInstance;
import dev.terrane.rule.RuleRefusedException;
import java.util.ArrayList;
import java.util.List;

/**
 * A world's movement rule. Cells share the code, and each has a memory of its own.
 *
 * <p>Immutable; any thread may use it.
 */
public final class RuleModule {
    private final CompiledRule rule;
    private final List<RuleField> fields;

    private RuleModule(CompiledRule rule, List<RuleField> fields) {
        this.rule = rule;
        this.fields = List.copyOf(fields);
    }

    /**
     * @param whose for messages: {@code plugin skirmish}
     * @param bytes not kept
     * @param schema of the world in which it will run
     * @throws RuleRefusedException if it is not as docs/RULES.md says, or names a field that the world does not have
     */
    public static RuleModule load(String whose, byte[] bytes, Schema schema) {
        CompiledRule rule = CompiledRule.load(whose, bytes);
        List<RuleField> fields = new ArrayList<>();
        for (RuleColumn column : rule.columns()) {
            fields.add(bind(rule, column, schema));
        }
        rule.solid().ifPresent(solid -> {
            bind(rule, solid.radius(), schema);
            bind(rule, solid.kind(), schema);
        });
        return new RuleModule(rule, fields);
    }

    private static RuleField bind(CompiledRule rule, RuleColumn column, Schema schema) {
        try {
            return RuleField.of(schema, column);
        } catch (IllegalArgumentException unknown) {
            throw rule.refuse(column, String.valueOf(unknown.getMessage()));
        }
    }

    /** As it was loaded, for clients. */
    public byte[] bytes() {
        return rule.bytes();
    }

    /**
     * The rule, running in one cell.
     *
     * @param openSides see {@link dev.terrane.space.Partition#openSides}
     */
    public MovementRule start(float[] openSides) {
        RuleInstance instance = rule.start();
        instance.place(openSides);
        return new RunningRule(instance, fields);
    }
}
