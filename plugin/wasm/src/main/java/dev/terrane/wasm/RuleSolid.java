package dev.terrane.wasm;

import dev.terrane.ecs.FieldKind;
import dev.terrane.ecs.Schema;

/**
 * What is in the way of those who move: entities with this radius, where this field has this value. Clients go by it; servers know their games.
 *
 * @param radius path of a float field, in metres
 * @param kind path of an int field
 */
record RuleSolid(String radius, String kind, int value) {
    /** @throws IllegalArgumentException naming what the world does not have */
    static RuleSolid of(Schema schema, String radius, String kind, int value) {
        RuleField.of(schema, radius, FieldKind.FLOAT, false);
        RuleField.of(schema, kind, FieldKind.INT, false);
        return new RuleSolid(radius, kind, value);
    }
}
