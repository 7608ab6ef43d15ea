package dev.terrane.games.skirmish;

import dev.terrane.ecs.ComponentType;
import dev.terrane.ecs.EntityStore;
import dev.terrane.ecs.Field;
import dev.terrane.ecs.Query;
import dev.terrane.ecs.Schema;
import dev.terrane.ecs.Table;
import dev.terrane.plugin.CellContext;
import dev.terrane.plugin.CellSystem;
import dev.terrane.plugin.kit.Position;
import dev.terrane.plugin.kit.Velocity;

/** Finds what each bolt met on its way since the last tick: the first of ships, drones and asteroids. It ends there. */
final class BoltHits implements CellSystem {
    static final String DRONE_NAME = "Drone";

    private final EntityStore entities;
    private final Query bolts;
    private final ComponentType<Bolt> bolt;
    private final ComponentType<Craft> craft;
    private final ComponentType<Velocity> velocity;
    private final Field kind;
    private final Field size;
    private final Field positionX;
    private final Field positionY;
    private final Field velocityX;
    private final Field velocityY;
    private final Targets targets;
    private final Wounds wounds;
    private final long[] near = new long[256];

    BoltHits(EntityStore entities) {
        Schema schema = entities.schema();
        this.entities = entities;
        this.bolts = entities.query(schema.type(Bolt.class), schema.type(Position.class), schema.type(Velocity.class));
        this.bolt = schema.type(Bolt.class);
        this.craft = schema.type(Craft.class);
        this.velocity = schema.type(Velocity.class);
        this.kind = schema.field(Craft.class, "kind");
        this.size = schema.field(Craft.class, "size");
        this.positionX = schema.field(Position.class, "x");
        this.positionY = schema.field(Position.class, "y");
        this.velocityX = schema.field(Velocity.class, "x");
        this.velocityY = schema.field(Velocity.class, "y");
        this.targets = new Targets(entities);
        this.wounds = new Wounds(entities);
    }

    @Override
    public void run(CellContext cell) {
        for (Table table : bolts) {
            for (int row = 0; row < table.size(); row++) {
                Bolt flying = entities.get(table.entity(row), bolt);
                if (flying.firedTick() < cell.tick()) {
                    follow(cell, table, row, flying);
                }
            }
        }
    }

    /** Looks at it from each neighbour's point of view, so that fast targets are met as well. */
    private void follow(CellContext cell, Table table, int row, Bolt flying) {
        float seconds = cell.dtSeconds();
        float x = table.floats(positionX).get(row);
        float y = table.floats(positionY).get(row);
        float stepX = table.floats(velocityX).get(row) * seconds;
        float stepY = table.floats(velocityY).get(row) * seconds;
        float halfWay = Angles.length(stepX, stepY) / 2;
        int count = cell.near(x - stepX / 2, y - stepY / 2, halfWay + Craft.SIZE_MAX, near);
        long first = 0;
        float firstTime = Sweep.MISS;
        for (int i = 0; i < count; i++) {
            if (blocks(near[i], flying, cell)) {
                float time = meeting(near[i], x, y, stepX, stepY, seconds);
                if (time < firstTime) {
                    firstTime = time;
                    first = near[i];
                }
            }
        }
        if (first != 0) {
            float back = 1 - firstTime;
            wounds.strike(cell, first, flying, x - stepX * back, y - stepY * back);
            cell.despawn(table.entity(row));
        }
    }

    private boolean blocks(long entity, Bolt flying, CellContext cell) {
        if (!entities.alive(entity) || !entities.has(entity, craft)) {
            return false;
        }
        Table table = entities.tableOf(entity);
        if (table.ints(kind).get(entities.rowOf(entity)) == Craft.ASTEROID) {
            return true;
        }
        return targets.hostile(entity, flying.team()) && cell.idOf(entity) != flying.shooter();
    }

    private float meeting(long entity, float x, float y, float stepX, float stepY, float seconds) {
        Table table = entities.tableOf(entity);
        int row = entities.rowOf(entity);
        boolean moves = table.has(velocity);
        float relativeX = stepX - (moves ? table.floats(velocityX).get(row) * seconds : 0);
        float relativeY = stepY - (moves ? table.floats(velocityY).get(row) * seconds : 0);
        return Sweep.circle(
                x - table.floats(positionX).get(row) - relativeX,
                y - table.floats(positionY).get(row) - relativeY,
                relativeX,
                relativeY,
                table.floats(size).get(row) + Weapon.BOLT_SIZE);
    }
}
