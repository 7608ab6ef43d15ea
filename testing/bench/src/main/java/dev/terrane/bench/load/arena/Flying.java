package dev.terrane.bench.load.arena;

import dev.terrane.ecs.EntityStore;
import dev.terrane.ecs.Field;
import dev.terrane.ecs.Query;
import dev.terrane.ecs.Schema;
import dev.terrane.ecs.Table;
import dev.terrane.plugin.CellContext;
import dev.terrane.plugin.CellSystem;
import dev.terrane.plugin.kit.Position;
import dev.terrane.plugin.kit.Velocity;

/** Moves all fighters, and keeps them in their spot. */
final class Flying implements CellSystem {
    private final Query fighters;
    private final Field positionX;
    private final Field positionY;
    private final Field velocityX;
    private final Field velocityY;

    Flying(EntityStore entities) {
        Schema schema = entities.schema();
        this.fighters =
                entities.query(schema.type(Position.class), schema.type(Velocity.class), schema.type(Fighter.class));
        this.positionX = schema.field(Position.class, "x");
        this.positionY = schema.field(Position.class, "y");
        this.velocityX = schema.field(Velocity.class, "x");
        this.velocityY = schema.field(Velocity.class, "y");
    }

    @Override
    public void run(CellContext cell) {
        float seconds = cell.dtSeconds();
        float west = cell.localX(-LayersArena.SPOT_METRES);
        float north = cell.localY(-LayersArena.SPOT_METRES);
        float side = 2 * LayersArena.SPOT_METRES;
        for (Table table : fighters) {
            float[] x = table.floats(positionX).write();
            float[] y = table.floats(positionY).write();
            float[] vx = table.floats(velocityX).read();
            float[] vy = table.floats(velocityY).read();
            for (int row = 0; row < table.size(); row++) {
                x[row] = Math.clamp(x[row] + vx[row] * seconds, west, west + side);
                y[row] = Math.clamp(y[row] + vy[row] * seconds, north, north + side);
            }
        }
    }
}
