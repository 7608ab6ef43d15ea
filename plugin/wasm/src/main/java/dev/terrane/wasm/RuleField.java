package dev.terrane.wasm;

import dev.terrane.ecs.ComponentType;
import dev.terrane.ecs.Field;
import dev.terrane.ecs.FieldKind;
import dev.terrane.ecs.Schema;

/**
 * A column of a module, and the field of entities that it stands for.
 *
 * @param written the rule changes it, not only reads it
 */
record RuleField(ComponentType<?> component, Field field, boolean written) {
    /** @throws IllegalArgumentException naming what the world does not have */
    static RuleField of(Schema schema, String path, FieldKind kind, boolean written) {
        int dot = path.lastIndexOf('.');
        ComponentType<?> component = component(schema, path.substring(0, Math.max(dot, 0)));
        Field field = component.field(path.substring(dot + 1));
        if (field.kind() != kind) {
            throw new IllegalArgumentException(path + " is of kind " + field.kind() + " in this world, not " + kind);
        }
        return new RuleField(component, field, written);
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
