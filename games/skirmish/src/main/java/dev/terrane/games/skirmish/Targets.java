package dev.terrane.games.skirmish;

import dev.terrane.ecs.ComponentType;
import dev.terrane.ecs.EntityStore;
import dev.terrane.ecs.Field;
import dev.terrane.ecs.Schema;
import dev.terrane.ecs.Table;

/** Who may be shot at. */
final class Targets {
    private final EntityStore entities;
    private final ComponentType<Vitals> vitals;
    private final ComponentType<Drone> drone;
    private final Field hull;
    private final Field variant;

    Targets(EntityStore entities) {
        Schema schema = entities.schema();
        this.entities = entities;
        this.vitals = schema.type(Vitals.class);
        this.drone = schema.type(Drone.class);
        this.hull = schema.field(Vitals.class, "hull");
        this.variant = schema.field(Craft.class, "variant");
    }

    /** A living ship or drone, but not a drone of the same team. Handles may be stale: the dead are no targets. */
    boolean hostile(long entity, int team) {
        if (!entities.alive(entity)) {
            return false;
        }
        Table table = entities.tableOf(entity);
        int row = entities.rowOf(entity);
        if (!table.has(vitals) || table.floats(hull).get(row) <= 0) {
            return false;
        }
        return !table.has(drone) || table.ints(variant).get(row) != team;
    }
}
