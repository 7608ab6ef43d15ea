package dev.terrane.bench.load.arena;

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

/** A quarter of all fighters in each tick look for the nearest enemy, theirs or a ghost, turn to it and shoot. */
final class Fighting implements CellSystem {
    private static final int TURNS = 4;
    private static final float RANGE_METRES = 60;
    private static final float METRES_PER_SECOND = 20;
    private static final Hit HIT = new Hit(5);

    private final ComponentType<Fighter> fighter;
    private final Query fighters;
    private final Field squad;
    private final Field positionX;
    private final Field positionY;
    private final Field velocityX;
    private final Field velocityY;
    private final long[] near = new long[24];
    private double nearestMetres2;
    private long nearestId;
    private float towardsX;
    private float towardsY;

    Fighting(EntityStore entities) {
        Schema schema = entities.schema();
        this.fighter = schema.type(Fighter.class);
        this.fighters = entities.query(schema.type(Position.class), schema.type(Velocity.class), fighter);
        this.squad = schema.field(Fighter.class, "squad");
        this.positionX = schema.field(Position.class, "x");
        this.positionY = schema.field(Position.class, "y");
        this.velocityX = schema.field(Velocity.class, "x");
        this.velocityY = schema.field(Velocity.class, "y");
    }

    @Override
    public void run(CellContext cell) {
        for (Table table : fighters) {
            int[] squads = table.ints(squad).read();
            float[] x = table.floats(positionX).read();
            float[] y = table.floats(positionY).read();
            for (int row = 0; row < table.size(); row++) {
                if ((EntityStore.slot(table.entity(row)) + cell.tick()) % TURNS == 0) {
                    turn(cell, table, row, squads[row], x[row], y[row]);
                }
            }
        }
    }

    private void turn(CellContext cell, Table table, int row, int own, float x, float y) {
        nearestMetres2 = Double.MAX_VALUE;
        consider(cell, cell.entities(), cell.near(x, y, RANGE_METRES, near), own, x, y);
        consider(cell, cell.ghosts().entities(), cell.ghosts().near(x, y, RANGE_METRES, near), own, x, y);
        if (nearestMetres2 == Double.MAX_VALUE) {
            return;
        }
        float distance = (float) Math.sqrt(Math.max(nearestMetres2, 1));
        table.floats(velocityX).set(row, towardsX / distance * METRES_PER_SECOND);
        table.floats(velocityY).set(row, towardsY / distance * METRES_PER_SECOND);
        cell.intend(nearestId, HIT);
    }

    private void consider(CellContext cell, EntityStore store, int count, int own, float x, float y) {
        for (int i = 0; i < count; i++) {
            long entity = near[i];
            if (!store.alive(entity) || !store.has(entity, fighter)) {
                continue;
            }
            Table table = store.tableOf(entity);
            int row = store.rowOf(entity);
            if (table.ints(squad).get(row) == own) {
                continue;
            }
            float dx = table.floats(positionX).get(row) - x;
            float dy = table.floats(positionY).get(row) - y;
            double metres2 = (double) dx * dx + (double) dy * dy;
            if (metres2 < nearestMetres2) {
                nearestMetres2 = metres2;
                nearestId = store == cell.entities()
                        ? cell.idOf(entity)
                        : cell.ghosts().idOf(entity);
                towardsX = dx;
                towardsY = dy;
            }
        }
    }
}
