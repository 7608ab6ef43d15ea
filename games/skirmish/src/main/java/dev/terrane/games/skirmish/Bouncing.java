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
import dev.terrane.plugin.kit.Controls;
import dev.terrane.plugin.kit.Position;
import dev.terrane.plugin.kit.Velocity;

/**
 * Ships and drones do not fly into asteroids: they are put back on the surface and lose half of the speed with which they came.
 *
 * <p>Asks the neighbourhood as of the last tick: asteroids hardly move.
 */
final class Bouncing implements CellSystem {
    private static final float BOUNCE = 0.5f;

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
    private final long[] near = new long[256];

    Bouncing(EntityStore entities) {
        this.entities = entities;
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
        bounceOff(entities, cell.near(x, y, reach, near), table, row);
        Ghosts ghosts = cell.ghosts();
        bounceOff(ghosts.entities(), ghosts.near(x, y, reach, near), table, row);
    }

    /** Rocks of other cells count as well; each cell moves only its own crafts. */
    private void bounceOff(EntityStore store, int count, Table table, int row) {
        for (int i = 0; i < count; i++) {
            if (store.alive(near[i])) {
                Table other = store.tableOf(near[i]);
                int otherRow = store.rowOf(near[i]);
                if (other.has(craft) && other.ints(kind).get(otherRow) == Craft.ASTEROID) {
                    bounce(table, row, other, otherRow);
                }
            }
        }
    }

    private void bounce(Table table, int row, Table rock, int rockRow) {
        FloatColumn x = table.floats(positionX);
        FloatColumn y = table.floats(positionY);
        float rockX = rock.floats(positionX).get(rockRow);
        float rockY = rock.floats(positionY).get(rockRow);
        float apartX = x.get(row) - rockX;
        float apartY = y.get(row) - rockY;
        float distance = Angles.length(apartX, apartY);
        float touch = table.floats(size).get(row) + rock.floats(size).get(rockRow);
        if (distance >= touch) {
            return;
        }
        float normalX = distance > 0 ? apartX / distance : 1;
        float normalY = distance > 0 ? apartY / distance : 0;
        x.set(row, rockX + normalX * touch);
        y.set(row, rockY + normalY * touch);
        FloatColumn speedX = table.floats(velocityX);
        FloatColumn speedY = table.floats(velocityY);
        float inwards = speedX.get(row) * normalX + speedY.get(row) * normalY;
        if (inwards < 0) {
            speedX.set(row, speedX.get(row) - (1 + BOUNCE) * inwards * normalX);
            speedY.set(row, speedY.get(row) - (1 + BOUNCE) * inwards * normalY);
        }
    }
}
