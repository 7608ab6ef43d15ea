package dev.terrane.games.skirmish;

import dev.terrane.ecs.ComponentType;
import dev.terrane.ecs.EntityStore;
import dev.terrane.ecs.Query;
import dev.terrane.ecs.Schema;
import dev.terrane.ecs.Table;
import dev.terrane.plugin.CellContext;
import dev.terrane.plugin.CellSystem;
import dev.terrane.plugin.FollowReason;
import dev.terrane.plugin.Ghosts;
import dev.terrane.plugin.kit.Controls;
import dev.terrane.plugin.kit.Position;
import dev.terrane.plugin.kit.Velocity;

/**
 * What drones want: patrol around home, chase who comes near, keep a distance from him and shoot at where he will be, be he here or in a
 * neighbour's cell. A drone steers by the same controls as a ship. Where it patrols, {@link Wandering} says.
 */
final class DroneMind implements CellSystem {
    static final float SIGHT_METRES = 120;

    private static final float THINK_SECONDS = 0.4f;
    private static final float AIM_ERROR_RADIANS = 0.07f;
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
        this.targets = new Targets(schema);
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
        return new Drone(
                region,
                homeX,
                homeY,
                moved ? homeX : before.goalX(),
                moved ? homeY : before.goalY(),
                nearestEnemy(cell, self, here),
                Blueprints.after(cell, THINK_SECONDS),
                cell.rng().nextFloat(-AIM_ERROR_RADIANS, AIM_ERROR_RADIANS));
    }

    /** Its entity id, or 0. One beyond the border is kept in sight while it is the target. */
    private long nearestEnemy(CellContext cell, long self, Position here) {
        int team = entities.get(self, craft).variant();
        int count = cell.near(here.x(), here.y(), SIGHT_METRES, near);
        long nearest = 0;
        float nearestMetres = SIGHT_METRES;
        for (int i = 0; i < count; i++) {
            if (near[i] != self && targets.noticed(entities, near[i], team)) {
                float metres = distance(here, entities.get(near[i], position));
                if (metres < nearestMetres) {
                    nearestMetres = metres;
                    nearest = cell.idOf(near[i]);
                }
            }
        }
        Ghosts ghosts = cell.ghosts();
        count = ghosts.near(here.x(), here.y(), nearestMetres, near);
        boolean ghost = false;
        for (int i = 0; i < count; i++) {
            if (targets.noticed(ghosts.entities(), near[i], team)) {
                float metres = distance(here, ghosts.entities().get(near[i], position));
                if (metres < nearestMetres) {
                    nearestMetres = metres;
                    nearest = ghosts.idOf(near[i]);
                    ghost = true;
                }
            }
        }
        if (ghost) {
            cell.follow(nearest, FollowReason.LOCKED_TARGET);
        }
        return nearest;
    }

    private Controls steer(CellContext cell, long self, Drone mind) {
        Position here = entities.get(self, position);
        if (mind.target() != 0) {
            long target = cell.find(mind.target());
            EntityStore store = entities;
            if (target == 0) {
                store = cell.ghosts().entities();
                target = cell.ghosts().find(mind.target());
            }
            if (target != 0
                    && targets.noticed(store, target, entities.get(self, craft).variant())) {
                return fight(self, here, mind, store, target);
            }
        }
        return DroneTactics.patrol(mind.goalX() - here.x(), mind.goalY() - here.y());
    }

    private Controls fight(long self, Position here, Drone mind, EntityStore store, long target) {
        Position there = store.get(target, position);
        Velocity own = entities.get(self, velocity);
        Velocity other = store.has(target, velocity) ? store.get(target, velocity) : DroneTactics.STILL;
        return DroneTactics.fight(
                there.x() - here.x(),
                there.y() - here.y(),
                new Velocity(other.x() - own.x(), other.y() - own.y()),
                mind.aimError());
    }

    private static float distance(Position here, Position there) {
        return Angles.length(there.x() - here.x(), there.y() - here.y());
    }
}
