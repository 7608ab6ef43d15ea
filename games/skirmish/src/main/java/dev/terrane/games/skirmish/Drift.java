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
import dev.terrane.plugin.kit.Controls;
import dev.terrane.plugin.kit.Position;
import dev.terrane.plugin.kit.Velocity;

/** Everything that has a velocity and that nobody steers moves; at the rim of the world all but bolts are pushed back. {@link Flight} moves the others. */
final class Drift implements CellSystem {
    private final Query moving;
    private final ComponentType<Controls> controls;
    private final ComponentType<Bolt> bolt;
    private final Field positionX;
    private final Field positionY;
    private final Field velocityX;
    private final Field velocityY;
    private final Edges edges;

    Drift(EntityStore entities, Edges edges) {
        Schema schema = entities.schema();
        this.moving = entities.query(schema.type(Position.class), schema.type(Velocity.class));
        this.controls = schema.type(Controls.class);
        this.bolt = schema.type(Bolt.class);
        this.positionX = schema.field(Position.class, "x");
        this.positionY = schema.field(Position.class, "y");
        this.velocityX = schema.field(Velocity.class, "x");
        this.velocityY = schema.field(Velocity.class, "y");
        this.edges = edges;
    }

    @Override
    public void run(CellContext cell) {
        float seconds = cell.dtSeconds();
        for (Table table : moving) {
            if (table.has(controls)) {
                continue;
            }
            FloatColumn x = table.floats(positionX);
            FloatColumn y = table.floats(positionY);
            FloatColumn speedX = table.floats(velocityX);
            FloatColumn speedY = table.floats(velocityY);
            boolean pushed = !table.has(bolt);
            for (int row = 0; row < table.size(); row++) {
                if (pushed) {
                    float hereX = x.get(row);
                    float hereY = y.get(row);
                    speedX.set(row, speedX.get(row) + edges.pushX(cell, hereX, hereY));
                    speedY.set(row, speedY.get(row) + edges.pushY(cell, hereX, hereY));
                }
                x.set(row, x.get(row) + speedX.get(row) * seconds);
                y.set(row, y.get(row) + speedY.get(row) * seconds);
            }
        }
    }
}
