package dev.terrane.games.skirmish;

import dev.terrane.ecs.ComponentType;
import dev.terrane.ecs.EntityStore;
import dev.terrane.ecs.Query;
import dev.terrane.ecs.Schema;
import dev.terrane.ecs.Table;
import dev.terrane.plugin.CellContext;
import dev.terrane.plugin.CellSystem;
import dev.terrane.plugin.kit.Controls;
import dev.terrane.plugin.kit.Position;
import dev.terrane.plugin.kit.Velocity;

/**
 * What drones want: patrol around home, chase who comes near, keep a distance from him and shoot at where he will be. A drone steers
 * by the same controls as a ship.
 */
final class DroneMind implements CellSystem {
    static final float SIGHT_METRES = 120;

    private static final float THINK_SECONDS = 0.4f;
    private static final float AIM_ERROR_RADIANS = 0.07f;
    private static final float PATROL_METRES = 70;
    private static final float ARRIVED_METRES = 8;
    /** Of the way from the region's centre: a home at a border would make guests of the neighbours' drones. */
    private static final float HOME_INSIDE = 0.75f;

    private final EntityStore entities;
    private final Query drones;
    private final ComponentType<Drone> drone;
    private final ComponentType<Craft> craft;
    private final ComponentType<Position> position;
    private final ComponentType<Velocity> velocity;
    private final ComponentType<Controls> controls;
    private final Targets targets;
    private final long[] near = new long[64];

    DroneMind(EntityStore entities) {
        Schema schema = entities.schema();
        this.entities = entities;
        this.drone = schema.type(Drone.class);
        this.craft = schema.type(Craft.class);
        this.position = schema.type(Position.class);
        this.velocity = schema.type(Velocity.class);
        this.controls = schema.type(Controls.class);
        this.drones = entities.query(drone, craft, position, velocity, controls);
        this.targets = new Targets(entities);
    }

    @Override
    public void run(CellContext cell) {
        for (Table table : drones) {
            for (int row = 0; row < table.size(); row++) {
                long self = table.entity(row);
                Drone mind = entities.get(self, drone);
                if (cell.tick() >= mind.thinkTick()) {
                    mind = think(cell, self, mind);
                    entities.set(self, drone, mind);
                }
                entities.set(self, controls, steer(cell, self, mind));
            }
        }
    }

    private Drone think(CellContext cell, long self, Drone before) {
        Position here = entities.get(self, position);
        long region = cell.cell().region().packed();
        boolean moved = before.homeRegion() != region;
        float homeX = moved ? here.x() * HOME_INSIDE : before.homeX();
        float homeY = moved ? here.y() * HOME_INSIDE : before.homeY();
        boolean arrived = distance(here, before.goalX(), before.goalY()) < ARRIVED_METRES;
        boolean newGoal = moved || arrived;
        return new Drone(
                region,
                homeX,
                homeY,
                newGoal ? homeX + cell.rng().nextFloat(-PATROL_METRES, PATROL_METRES) : before.goalX(),
                newGoal ? homeY + cell.rng().nextFloat(-PATROL_METRES, PATROL_METRES) : before.goalY(),
                nearestEnemy(cell, self, here),
                Blueprints.after(cell, THINK_SECONDS),
                cell.rng().nextFloat(-AIM_ERROR_RADIANS, AIM_ERROR_RADIANS));
    }

    /** Its entity id, or 0. */
    private long nearestEnemy(CellContext cell, long self, Position here) {
        int team = entities.get(self, craft).variant();
        int count = cell.near(here.x(), here.y(), SIGHT_METRES, near);
        long nearest = 0;
        float nearestMetres = SIGHT_METRES;
        for (int i = 0; i < count; i++) {
            if (near[i] != self && targets.hostile(near[i], team)) {
                Position there = entities.get(near[i], position);
                float metres = distance(here, there.x(), there.y());
                if (metres < nearestMetres) {
                    nearestMetres = metres;
                    nearest = cell.idOf(near[i]);
                }
            }
        }
        return nearest;
    }

    private Controls steer(CellContext cell, long self, Drone mind) {
        Position here = entities.get(self, position);
        long target = mind.target() == 0 ? 0 : cell.find(mind.target());
        if (target == 0 || !targets.hostile(target, entities.get(self, craft).variant())) {
            return DroneTactics.patrol(mind.goalX() - here.x(), mind.goalY() - here.y());
        }
        Position there = entities.get(target, position);
        Velocity own = entities.get(self, velocity);
        Velocity other = entities.has(target, velocity) ? entities.get(target, velocity) : DroneTactics.STILL;
        return DroneTactics.fight(
                there.x() - here.x(),
                there.y() - here.y(),
                new Velocity(other.x() - own.x(), other.y() - own.y()),
                mind.aimError());
    }

    private static float distance(Position here, float x, float y) {
        return Angles.length(x - here.x(), y - here.y());
    }
}
