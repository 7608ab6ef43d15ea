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
import dev.terrane.plugin.kit.Heading;
import dev.terrane.plugin.kit.Velocity;

/** Ships and drones obey their controls: thrust, turn, boost, brake. */
final class Flight implements CellSystem {
    private final Query crafts;
    private final ComponentType<Pilot> pilot;
    private final Field kind;
    private final Field hull;
    private final Field energy;
    private final Field moveX;
    private final Field moveY;
    private final Field aim;
    private final Field held;
    private final Field yaw;
    private final Field velocityX;
    private final Field velocityY;

    Flight(EntityStore entities) {
        Schema schema = entities.schema();
        crafts = entities.query(
                schema.type(Craft.class),
                schema.type(Vitals.class),
                schema.type(Controls.class),
                schema.type(Heading.class),
                schema.type(Velocity.class));
        pilot = schema.type(Pilot.class);
        kind = schema.field(Craft.class, "kind");
        hull = schema.field(Vitals.class, "hull");
        energy = schema.field(Pilot.class, "energy");
        moveX = schema.field(Controls.class, "moveX");
        moveY = schema.field(Controls.class, "moveY");
        aim = schema.field(Controls.class, "aim");
        held = schema.field(Controls.class, "held");
        yaw = schema.field(Heading.class, "yaw");
        velocityX = schema.field(Velocity.class, "x");
        velocityY = schema.field(Velocity.class, "y");
    }

    @Override
    public void run(CellContext cell) {
        for (Table table : crafts) {
            FloatColumn hulls = table.floats(hull);
            for (int row = 0; row < table.size(); row++) {
                if (hulls.get(row) > 0) {
                    FlightModel model = FlightModel.of(table.ints(kind).get(row));
                    turn(table, row, model, cell.dtSeconds());
                    thrust(table, row, model, cell.dtSeconds());
                }
            }
        }
    }

    private void turn(Table table, int row, FlightModel model, float seconds) {
        FloatColumn yaws = table.floats(yaw);
        float wanted = table.floats(aim).get(row);
        yaws.set(row, Angles.turn(yaws.get(row), wanted, model.turnRate() * seconds));
    }

    private void thrust(Table table, int row, FlightModel model, float seconds) {
        int buttons = table.ints(held).get(row);
        boolean brakes = Buttons.down(buttons, Buttons.BRAKE);
        boolean boosts =
                table.has(pilot) && power(table.floats(energy), row, Buttons.down(buttons, Buttons.BOOST), seconds);
        float wishX = table.floats(moveX).get(row);
        float wishY = table.floats(moveY).get(row);
        float scale = 1 / Math.max(1, Angles.length(wishX, wishY));

        FloatColumn speedsX = table.floats(velocityX);
        FloatColumn speedsY = table.floats(velocityY);
        float before = Angles.length(speedsX.get(row), speedsY.get(row));
        float x = model.accelerate(speedsX.get(row), wishX * scale, boosts, brakes, seconds);
        float y = model.accelerate(speedsY.get(row), wishY * scale, boosts, brakes, seconds);
        float after = Angles.length(x, y);
        float allowed = after > 0 ? model.limit(before, after, boosts, seconds) / after : 1;
        speedsX.set(row, x * allowed);
        speedsY.set(row, y * allowed);
    }

    /**
     * Drains a ship's energy for a boost, if there is enough for this tick, or lets it recover. Returns whether it boosts. Who holds the button on
     * empty gets nothing, not a stutter: energy comes back when it is released.
     */
    private static boolean power(FloatColumn energies, int row, boolean wished, float seconds) {
        float before = energies.get(row);
        boolean boosts = wished && before >= FlightModel.BOOST_DRAIN_PER_SECOND * seconds;
        if (boosts == wished) {
            energies.set(row, FlightModel.energyAfter(before, boosts, seconds));
        }
        return boosts;
    }
}
