package dev.terrane.games.skirmish;

import dev.terrane.ecs.ComponentType;
import dev.terrane.ecs.EntityStore;
import dev.terrane.ecs.Field;
import dev.terrane.ecs.LongColumn;
import dev.terrane.ecs.Query;
import dev.terrane.ecs.Schema;
import dev.terrane.ecs.Table;
import dev.terrane.plugin.CellContext;
import dev.terrane.plugin.CellSystem;

/**
 * Keeps the drones of a region at their number: one at a time is built where some are missing, and one is called back where too many
 * came over the borders (else a region that sends drones away would fill its neighbours).
 */
final class Spawning implements CellSystem {
    private static final float PERIOD_SECONDS = 3;
    private static final float CLEARANCE_METRES = 60;

    private final Query spawners;
    private final Query drones;
    private final Query passing;
    private final ComponentType<Lifetime> lifetime;
    private final Field nextTick;
    private final Field target;
    private final Population population;
    private final Places place = new Places();

    Spawning(EntityStore entities, Population population) {
        Schema schema = entities.schema();
        this.spawners = entities.query(schema.type(Spawner.class));
        this.drones = entities.query(schema.type(Drone.class));
        this.lifetime = schema.type(Lifetime.class);
        this.passing = entities.query(schema.type(Drone.class), lifetime);
        this.nextTick = schema.field(Spawner.class, "nextTick");
        this.target = schema.field(Drone.class, "target");
        this.population = population;
    }

    @Override
    public void run(CellContext cell) {
        for (Table table : spawners) {
            LongColumn next = table.longs(nextTick);
            for (int row = 0; row < table.size(); row++) {
                if (cell.tick() >= next.get(row)) {
                    next.set(row, Blueprints.after(cell, PERIOD_SECONDS));
                    balance(cell);
                }
            }
        }
    }

    private void balance(CellContext cell) {
        int wanted = population.dronesPerRegion();
        int present = drones.size() - passing.size();
        if (present < wanted) {
            place.seek(cell, CLEARANCE_METRES);
            Blueprints.drone(cell, place.x, place.y);
        } else if (present > wanted + wanted / 2) {
            callBack(cell);
        }
    }

    /** The first that is not fighting. */
    private void callBack(CellContext cell) {
        for (Table table : drones) {
            LongColumn targets = table.longs(target);
            for (int row = 0; row < table.size() && !table.has(lifetime); row++) {
                if (targets.get(row) == 0) {
                    cell.despawn(table.entity(row));
                    return;
                }
            }
        }
    }
}
