package dev.terrane.games.skirmish;

import dev.terrane.ecs.ComponentType;
import dev.terrane.ecs.EntityStore;
import dev.terrane.ecs.Query;
import dev.terrane.ecs.Schema;
import dev.terrane.ecs.Table;
import dev.terrane.plugin.CellContext;
import dev.terrane.plugin.CellSystem;
import dev.terrane.plugin.kit.Position;

/** Gives idle drones somewhere to go. Scenery: under load they stay where they are, and only who comes near wakes them. */
final class Wandering implements CellSystem {
    private static final float PATROL_METRES = 70;
    private static final float ARRIVED_METRES = 8;
    /** Every drone gets its turn within so many ticks. */
    private static final int TURNS = 8;

    private final EntityStore entities;
    private final Query drones;
    private final ComponentType<Drone> drone;
    private final ComponentType<Position> position;

    Wandering(EntityStore entities) {
        Schema schema = entities.schema();
        this.entities = entities;
        this.drone = schema.type(Drone.class);
        this.position = schema.type(Position.class);
        this.drones = entities.query(drone, position);
    }

    @Override
    public void run(CellContext cell) {
        for (Table table : drones) {
            for (int row = 0; row < table.size(); row++) {
                long self = table.entity(row);
                if (Math.floorMod(cell.idOf(self) + cell.tick(), TURNS) == 0) {
                    wander(cell, self);
                }
            }
        }
    }

    private void wander(CellContext cell, long self) {
        Drone mind = entities.get(self, drone);
        if (mind.target() != 0 || mind.homeRegion() != cell.cell().region().packed()) {
            return;
        }
        Position here = entities.get(self, position);
        if (Angles.length(mind.goalX() - here.x(), mind.goalY() - here.y()) < ARRIVED_METRES) {
            float goalX = mind.homeX() + cell.rng().nextFloat(-PATROL_METRES, PATROL_METRES);
            float goalY = mind.homeY() + cell.rng().nextFloat(-PATROL_METRES, PATROL_METRES);
            entities.set(self, drone, mind.goingTo(goalX, goalY));
        }
    }
}
