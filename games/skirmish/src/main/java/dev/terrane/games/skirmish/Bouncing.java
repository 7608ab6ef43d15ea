package dev.terrane.games.skirmish;

import dev.terrane.ecs.ComponentType;
import dev.terrane.ecs.EntityStore;
import dev.terrane.ecs.Field;
import dev.terrane.ecs.FloatColumn;
import dev.terrane.ecs.Query;
import dev.terrane.ecs.Schema;
import dev.terrane.ecs.Table;
import dev.terrane.plugin.CellContext;
import dev.terrane.plugin.CellSystem;
import dev.terrane.plugin.Ghosts;
import dev.terrane.plugin.MovementRule;
import dev.terrane.plugin.kit.Controls;
import dev.terrane.plugin.kit.Position;
import dev.terrane.plugin.kit.Velocity;

/**
 * Ships and drones do not fly into asteroids: finds those that are near each, and lets the movement rule keep it out of them.
 *
 * <p>Asks the neighbourhood as of the last tick: asteroids hardly move.
 */
final class Bouncing implements CellSystem {
    private static final int SOLID_VALUES = 3;

    private final EntityStore entities;
    private final Query crafts;
    private final ComponentType<Craft> craft;
    private final Field kind;
    private final Field size;
    private final Field hull;
    private final Field positionX;
    private final Field positionY;
    private final Field velocityX;
    private final Field velocityY;
    private final MovementRule rule;
    private final long[] near = new long[256];
    private final float[] rocks = new float[MovementRule.SOLID_COUNT_MAX * SOLID_VALUES];
    private int rockCount;

    Bouncing(EntityStore entities, MovementRule rule) {
        this.entities = entities;
        this.rule = rule;
        Schema schema = entities.schema();
        crafts = entities.query(
                schema.type(Craft.class),
                schema.type(Vitals.class),
                schema.type(Controls.class),
                schema.type(Position.class),
                schema.type(Velocity.class));
        craft = schema.type(Craft.class);
        kind = schema.field(Craft.class, "kind");
        size = schema.field(Craft.class, "size");
        hull = schema.field(Vitals.class, "hull");
        positionX = schema.field(Position.class, "x");
        positionY = schema.field(Position.class, "y");
        velocityX = schema.field(Velocity.class, "x");
        velocityY = schema.field(Velocity.class, "y");
    }

    @Override
    public void run(CellContext cell) {
        for (Table table : crafts) {
            FloatColumn hulls = table.floats(hull);
            for (int row = 0; row < table.size(); row++) {
                if (hulls.get(row) > 0) {
                    lookAround(cell, table, row);
                }
            }
        }
    }

    private void lookAround(CellContext cell, Table table, int row) {
        float x = table.floats(positionX).get(row);
        float y = table.floats(positionY).get(row);
        float reach = table.floats(size).get(row) + Craft.SIZE_MAX;
        rockCount = 0;
        collect(entities, cell.near(x, y, reach, near));
        // Rocks of other cells count as well; each cell moves only its own crafts.
        Ghosts ghosts = cell.ghosts();
        collect(ghosts.entities(), ghosts.near(x, y, reach, near));
        if (rockCount > 0) {
            float speedX = table.floats(velocityX).get(row);
            float speedY = table.floats(velocityY).get(row);
            rule.bounce(table, row, rocks, rockCount);
            boolean pushed = x != table.floats(positionX).get(row)
                    || y != table.floats(positionY).get(row)
                    || speedX != table.floats(velocityX).get(row)
                    || speedY != table.floats(velocityY).get(row);
            if (pushed) {
                cell.moved(table.entity(row));
            }
        }
    }

    private void collect(EntityStore store, int count) {
        for (int i = 0; i < count && rockCount < MovementRule.SOLID_COUNT_MAX; i++) {
            if (!store.alive(near[i])) {
                continue;
            }
            Table other = store.tableOf(near[i]);
            int row = store.rowOf(near[i]);
            if (other.has(craft) && other.ints(kind).get(row) == Craft.ASTEROID) {
                int at = rockCount++ * SOLID_VALUES;
                rocks[at] = other.floats(positionX).get(row);
                rocks[at + 1] = other.floats(positionY).get(row);
                rocks[at + 2] = other.floats(size).get(row);
            }
        }
    }
}
