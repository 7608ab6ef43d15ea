package dev.terrane.games.skirmish;

import dev.terrane.ecs.EntityStore;
import dev.terrane.ecs.Field;
import dev.terrane.ecs.FloatColumn;
import dev.terrane.ecs.Query;
import dev.terrane.ecs.Schema;
import dev.terrane.ecs.Table;
import dev.terrane.plugin.CellContext;
import dev.terrane.plugin.CellSystem;
import dev.terrane.plugin.kit.Position;
import dev.terrane.plugin.kit.Velocity;

/** Counts down to a destroyed pilot's next ship, which appears elsewhere in the same region. */
final class Respawning implements CellSystem {
    private static final float CLEARANCE_METRES = 40;

    private final Query pilots;
    private final Field positionX;
    private final Field positionY;
    private final Field velocityX;
    private final Field velocityY;
    private final Field respawnIn;
    private final Field energy;
    private final Field shield;
    private final Field armor;
    private final Field hull;
    private final Places place = new Places();

    Respawning(EntityStore entities) {
        Schema schema = entities.schema();
        pilots = entities.query(
                schema.type(Pilot.class),
                schema.type(Vitals.class),
                schema.type(Position.class),
                schema.type(Velocity.class));
        positionX = schema.field(Position.class, "x");
        positionY = schema.field(Position.class, "y");
        velocityX = schema.field(Velocity.class, "x");
        velocityY = schema.field(Velocity.class, "y");
        respawnIn = schema.field(Pilot.class, "respawnIn");
        energy = schema.field(Pilot.class, "energy");
        shield = schema.field(Vitals.class, "shield");
        armor = schema.field(Vitals.class, "armor");
        hull = schema.field(Vitals.class, "hull");
    }

    @Override
    public void run(CellContext cell) {
        for (Table table : pilots) {
            FloatColumn waiting = table.floats(respawnIn);
            for (int row = 0; row < table.size(); row++) {
                float seconds = waiting.get(row);
                if (seconds > 0) {
                    float left = Math.max(0, seconds - cell.dtSeconds());
                    waiting.set(row, left);
                    if (left == 0) {
                        respawn(cell, table, row);
                    }
                }
            }
        }
    }

    private void respawn(CellContext cell, Table table, int row) {
        cell.moved(table.entity(row));
        place.seek(cell, CLEARANCE_METRES);
        cell.forgetPast(table.entity(row)); // who aimed at the ship that was lost must not hit this one
        table.floats(positionX).set(row, place.x);
        table.floats(positionY).set(row, place.y);
        table.floats(velocityX).set(row, 0);
        table.floats(velocityY).set(row, 0);
        table.floats(energy).set(row, Pilot.ENERGY_MAX);
        table.floats(shield).set(row, Vitals.SHIP_FULL.shield());
        table.floats(armor).set(row, Vitals.SHIP_FULL.armor());
        table.floats(hull).set(row, Vitals.SHIP_FULL.hull());
    }
}
