package dev.terrane.bench.load.arena;

import dev.terrane.ecs.EntityStore;
import dev.terrane.ecs.Field;
import dev.terrane.ecs.FloatColumn;
import dev.terrane.ecs.Query;
import dev.terrane.ecs.Schema;
import dev.terrane.ecs.Table;
import dev.terrane.plugin.CellContext;
import dev.terrane.plugin.CellSystem;
import dev.terrane.plugin.kit.Controls;
import dev.terrane.plugin.kit.Heading;
import dev.terrane.plugin.kit.Position;
import dev.terrane.plugin.kit.Velocity;

/** Everybody walks as steered, looks where it aims, and has no walls around it. */
final class Walking implements CellSystem {
    private final Query walkers;
    private final Field positionX;
    private final Field positionY;
    private final Field velocityX;
    private final Field velocityY;
    private final Field yaw;
    private final Field moveX;
    private final Field moveY;
    private final Field aim;
    private final float metresPerSecond;

    Walking(EntityStore entities, float metresPerSecond) {
        Schema schema = entities.schema();
        this.walkers = entities.query(
                schema.type(Position.class),
                schema.type(Velocity.class),
                schema.type(Heading.class),
                schema.type(Controls.class));
        this.positionX = schema.field(Position.class, "x");
        this.positionY = schema.field(Position.class, "y");
        this.velocityX = schema.field(Velocity.class, "x");
        this.velocityY = schema.field(Velocity.class, "y");
        this.yaw = schema.field(Heading.class, "yaw");
        this.moveX = schema.field(Controls.class, "moveX");
        this.moveY = schema.field(Controls.class, "moveY");
        this.aim = schema.field(Controls.class, "aim");
        this.metresPerSecond = metresPerSecond;
    }

    @Override
    public void run(CellContext cell) {
        float seconds = cell.dtSeconds();
        for (Table table : walkers) {
            float[] wishX = table.floats(moveX).read();
            float[] wishY = table.floats(moveY).read();
            float[] wishAim = table.floats(aim).read();
            FloatColumn speedX = table.floats(velocityX);
            FloatColumn speedY = table.floats(velocityY);
            FloatColumn heading = table.floats(yaw);
            float[] x = table.floats(positionX).write();
            float[] y = table.floats(positionY).write();
            for (int row = 0; row < table.size(); row++) {
                float vx = wishX[row] * metresPerSecond;
                float vy = wishY[row] * metresPerSecond;
                speedX.set(row, vx);
                speedY.set(row, vy);
                heading.set(row, wishAim[row]);
                x[row] += vx * seconds;
                y[row] += vy * seconds;
            }
        }
    }
}
