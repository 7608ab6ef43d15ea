package dev.terrane.wasm;

import dev.terrane.ecs.FieldKind;
import dev.terrane.ecs.FloatColumn;
import dev.terrane.ecs.IntColumn;
import dev.terrane.ecs.Table;
import dev.terrane.plugin.MovementRule;
import dev.terrane.rule.RuleInstance;
import java.util.List;

/** A rule over a cell's tables. One cell's, as all that belongs to its tick; steps allocate nothing. */
final class RunningRule implements MovementRule {
    private final RuleInstance rule;
    private final RuleField[] fields;

    RunningRule(RuleInstance rule, List<RuleField> fields) {
        this.rule = rule;
        this.fields = fields.toArray(RuleField[]::new);
    }

    @Override
    public void step(Table table, float seconds) {
        for (int first = 0; first < table.size(); first += rule.rowCountMax()) {
            int count = Math.min(rule.rowCountMax(), table.size() - first);
            copyIn(table, first, count);
            rule.step(count, seconds);
            copyOut(table, first, count);
        }
    }

    @Override
    public void bounce(Table table, int row, float[] solids, int solidCount) {
        copyIn(table, row, 1);
        rule.bounce(solids, solidCount);
        copyOut(table, row, 1);
    }

    private void copyIn(Table table, int first, int count) {
        for (int i = 0; i < fields.length; i++) {
            RuleField from = fields[i];
            if (!table.has(from.component())) {
                rule.clear(i, count); // not what an earlier table left here
            } else if (from.field().kind() == FieldKind.FLOAT) {
                rule.put(i, table.floats(from.field()).read(), first, count);
            } else {
                rule.put(i, table.ints(from.field()).read(), first, count);
            }
        }
    }

    private void copyOut(Table table, int first, int count) {
        for (int i = 0; i < fields.length; i++) {
            if (fields[i].written() && table.has(fields[i].component())) {
                copyOut(table, i, first, count);
            }
        }
    }

    private void copyOut(Table table, int index, int first, int count) {
        RuleField to = fields[index];
        if (to.field().kind() == FieldKind.FLOAT) {
            FloatColumn column = table.floats(to.field());
            for (int i = 0; i < count; i++) {
                column.set(first + i, rule.floatAt(index, i));
            }
        } else {
            IntColumn column = table.ints(to.field());
            for (int i = 0; i < count; i++) {
                column.set(first + i, rule.intAt(index, i));
            }
        }
    }
}
