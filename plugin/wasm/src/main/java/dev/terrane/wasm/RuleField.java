package dev.terrane.wasm;

import dev.terrane.ecs.ComponentType;
import dev.terrane.ecs.Field;
import dev.terrane.ecs.FieldKind;
import dev.terrane.ecs.Schema;
import dev.terrane.rule.RuleColumn;

/**
 * What a column of a module is in a world.
 *
 * @param written the rule changes it, not only reads it
 */
record RuleField(ComponentType<?> component, Field field, boolean written) {
    /** @throws IllegalArgumentException naming what the world does not have */
    static RuleField of(Schema schema, RuleColumn column) {
        ComponentType<?> component = component(schema, column.component());
        Field field = component.field(column.field());
        FieldKind kind = column.kind() == RuleColumn.Kind.F32 ? FieldKind.FLOAT : FieldKind.INT;
        if (field.kind() != kind) {
            throw new IllegalArgumentException(
                    column.path() + " is of kind " + field.kind() + " in this world, not " + kind);
        }
        return new RuleField(component, field, column.written());
    }

    private static ComponentType<?> component(Schema schema, String name) {
        for (ComponentType<?> type : schema.components()) {
            if (type.name().equals(name)) {
                return type;
            }
        }
        throw new IllegalArgumentException("this world has no component '" + name + "'");
    }
}
