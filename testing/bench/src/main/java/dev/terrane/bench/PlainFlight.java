package dev.terrane.bench;

import dev.terrane.bench.FlightBench.Craft;
import dev.terrane.bench.FlightBench.Pilot;
import dev.terrane.bench.FlightBench.Vitals;
import dev.terrane.ecs.Field;
import dev.terrane.ecs.FloatColumn;
import dev.terrane.ecs.IntColumn;
import dev.terrane.ecs.Schema;
import dev.terrane.ecs.Table;
import dev.terrane.plugin.kit.Controls;
import dev.terrane.plugin.kit.Heading;
import dev.terrane.plugin.kit.Position;
import dev.terrane.plugin.kit.Velocity;

/** What games/skirmish/rule/flight.ts does, once more in plain Java over columns, as a system of a game would: the yardstick for the module. */
final class PlainFlight {
    private static final double TURN = 2 * Math.PI;

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
    private final Field positionX;
    private final Field positionY;
    private final float[] sides;

    PlainFlight(Schema schema, float[] openSides) {
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
        positionX = schema.field(Position.class, "x");
        positionY = schema.field(Position.class, "y");
        sides = openSides;
    }

    void step(Table table, float seconds) {
        FloatColumn hulls = table.floats(hull);
        for (int row = 0; row < table.size(); row++) {
            if (hulls.get(row) > 0) {
                turn(table, row, seconds);
                thrust(table, row, seconds);
            }
            drift(table, row, seconds);
        }
    }

    private void turn(Table table, int row, float seconds) {
        float most = (table.ints(kind).get(row) == 0 ? 5 : 3) * seconds;
        FloatColumn yaws = table.floats(yaw);
        float from = yaws.get(row);
        float wanted = wrap(table.floats(aim).get(row) - from);
        yaws.set(row, wrap(from + Math.min(Math.max(wanted, -most), most)));
    }

    private static float wrap(float radians) {
        return (float) (radians - TURN * Math.rint(radians / TURN));
    }

    private void thrust(Table table, int row, float seconds) {
        boolean ship = table.ints(kind).get(row) == 0;
        IntColumn buttons = table.ints(held);
        boolean boosts = power(table.floats(energy), row, (buttons.get(row) & 2) != 0, seconds);
        float push = ship ? (boosts ? 90 : 45) : 30;
        float speedMax = ship ? (boosts ? 70 : 40) : 28;
        float kept = 1 - ((buttons.get(row) & 4) != 0 ? 3 : 0.35f) * seconds;

        float wishX = table.floats(moveX).get(row);
        float wishY = table.floats(moveY).get(row);
        float scale = 1 / Math.max(1, length(wishX, wishY));
        FloatColumn speedsX = table.floats(velocityX);
        FloatColumn speedsY = table.floats(velocityY);
        float before = length(speedsX.get(row), speedsY.get(row));
        float x = (speedsX.get(row) + wishX * scale * push * seconds) * kept;
        float y = (speedsY.get(row) + wishY * scale * push * seconds) * kept;
        float after = length(x, y);
        float allowed = 1;
        if (after > speedMax) {
            allowed = Math.max(speedMax, Math.min(before, after) - 60 * seconds) / after;
        }
        speedsX.set(row, x * allowed);
        speedsY.set(row, y * allowed);
    }

    private static boolean power(FloatColumn energies, int row, boolean wished, float seconds) {
        float before = energies.get(row);
        boolean boosts = wished && before >= 28 * seconds;
        if (boosts == wished) {
            energies.set(row, Math.min(Math.max(before + (boosts ? -28 : 16) * seconds, 0), 100));
        }
        return boosts;
    }

    private void drift(Table table, int row, float seconds) {
        FloatColumn xs = table.floats(positionX);
        FloatColumn ys = table.floats(positionY);
        float x = xs.get(row);
        float y = ys.get(row);
        float pushX = 0;
        float pushY = 0;
        for (int i = 0; i < sides.length; i += 3) {
            float beyond = x * sides[i] + y * sides[i + 1] - sides[i + 2] + 20;
            if (beyond > 0) {
                pushX -= sides[i] * beyond * 8 * seconds;
                pushY -= sides[i + 1] * beyond * 8 * seconds;
            }
        }
        FloatColumn speedsX = table.floats(velocityX);
        FloatColumn speedsY = table.floats(velocityY);
        speedsX.set(row, speedsX.get(row) + pushX);
        speedsY.set(row, speedsY.get(row) + pushY);
        xs.set(row, x + speedsX.get(row) * seconds);
        ys.set(row, y + speedsY.get(row) * seconds);
    }

    private static float length(float x, float y) {
        return (float) Math.sqrt(x * x + y * y);
    }
}
