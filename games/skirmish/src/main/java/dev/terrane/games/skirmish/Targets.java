package dev.terrane.games.skirmish;

import dev.terrane.ecs.ComponentType;
import dev.terrane.ecs.EntityStore;
import dev.terrane.ecs.Field;
import dev.terrane.ecs.Schema;
import dev.terrane.ecs.Table;
import dev.terrane.plugin.kit.Veiled;

/** Who may be shot at. */
final class Targets {
    private final ComponentType<Vitals> vitals;
    private final ComponentType<Craft> craft;
    private final ComponentType<Veiled> veiled;
    private final Field veil;
    private final Field kind;
    private final Field hull;
    private final Field variant;

    Targets(Schema schema) {
        this.vitals = schema.type(Vitals.class);
        this.craft = schema.type(Craft.class);
        this.veiled = schema.type(Veiled.class);
        this.veil = veiled.field("to");
        this.kind = schema.field(Craft.class, "kind");
        this.hull = schema.field(Vitals.class, "hull");
        this.variant = schema.field(Craft.class, "variant");
    }

    /**
     * A living ship or drone, but not a drone of the same team. Handles may be stale: the dead are no targets.
     *
     * @param entities of the cell, or its ghosts
     */
    boolean hostile(EntityStore entities, long entity, int team) {
        if (!entities.alive(entity)) {
            return false;
        }
        Table table = entities.tableOf(entity);
        int row = entities.rowOf(entity);
        if (!table.has(vitals) || !table.has(craft) || table.floats(hull).get(row) <= 0) {
            return false;
        }
        return table.ints(kind).get(row) != Craft.DRONE || table.ints(variant).get(row) != team;
    }

    /** A hostile one that does not hide. A bolt still hits who is in its way. */
    boolean noticed(EntityStore entities, long entity, int team) {
        if (!hostile(entities, entity, team)) {
            return false;
        }
        Table table = entities.tableOf(entity);
        return !table.has(veiled) || table.ints(veil).get(entities.rowOf(entity)) == Veiled.NOT;
    }
}
