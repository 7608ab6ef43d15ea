package dev.terrane.games.skirmish;

import dev.terrane.ecs.ComponentType;
import dev.terrane.ecs.EntityStore;
import dev.terrane.ecs.Field;
import dev.terrane.ecs.FloatColumn;
import dev.terrane.ecs.LongColumn;
import dev.terrane.ecs.Query;
import dev.terrane.ecs.Schema;
import dev.terrane.ecs.Table;
import dev.terrane.games.skirmish.station.Magazine;
import dev.terrane.plugin.CellContext;
import dev.terrane.plugin.CellSystem;
import dev.terrane.plugin.kit.Controls;
import dev.terrane.plugin.kit.Heading;
import dev.terrane.plugin.kit.Nameplate;
import dev.terrane.plugin.kit.Position;
import dev.terrane.plugin.kit.Velocity;

/** Guns fire straight ahead while the button is down, as often as they can and as long as there is energy. */
final class Firing implements CellSystem {
    private static final float RANGE_METRES = Weapon.BOLT_SPEED * Weapon.BOLT_SECONDS;

    private final Query gunners;
    private final ComponentType<Pilot> pilot;
    private final ComponentType<Nameplate> nameplate;
    private final ComponentType<Magazine> magazine;
    private final Field kind;
    private final Field variant;
    private final Field size;
    private final Field hull;
    private final Field readyTick;
    private final Field energy;
    private final Field held;
    private final Field pressed;
    private final Field yaw;
    private final Field positionX;
    private final Field positionY;
    private final Field velocityX;
    private final Field velocityY;
    private final Field name;
    private final Field rounds;

    Firing(EntityStore entities) {
        Schema schema = entities.schema();
        gunners = entities.query(
                schema.type(Craft.class),
                schema.type(Vitals.class),
                schema.type(Gun.class),
                schema.type(Controls.class),
                schema.type(Position.class),
                schema.type(Heading.class),
                schema.type(Velocity.class));
        pilot = schema.type(Pilot.class);
        nameplate = schema.type(Nameplate.class);
        magazine = schema.type(Magazine.class);
        rounds = schema.field(Magazine.class, "rounds");
        kind = schema.field(Craft.class, "kind");
        variant = schema.field(Craft.class, "variant");
        size = schema.field(Craft.class, "size");
        hull = schema.field(Vitals.class, "hull");
        readyTick = schema.field(Gun.class, "readyTick");
        energy = schema.field(Pilot.class, "energy");
        held = schema.field(Controls.class, "held");
        pressed = schema.field(Controls.class, "pressed");
        yaw = schema.field(Heading.class, "yaw");
        positionX = schema.field(Position.class, "x");
        positionY = schema.field(Position.class, "y");
        velocityX = schema.field(Velocity.class, "x");
        velocityY = schema.field(Velocity.class, "y");
        name = schema.field(Nameplate.class, "name");
    }

    @Override
    public void run(CellContext cell) {
        for (Table table : gunners) {
            for (int row = 0; row < table.size(); row++) {
                // A tap between two ticks is in pressed only.
                int buttons = table.ints(held).get(row) | table.ints(pressed).get(row);
                if (Buttons.down(buttons, Buttons.FIRE) && table.floats(hull).get(row) > 0) {
                    pullTrigger(cell, table, row);
                }
            }
        }
    }

    private void pullTrigger(CellContext cell, Table table, int row) {
        boolean loaded = table.has(magazine) && table.ints(rounds).get(row) > 0;
        Weapon weapon =
                loaded ? Weapon.LANCE : Weapon.carriedBy(table.ints(kind).get(row));
        LongColumn ready = table.longs(readyTick);
        if (cell.tick() >= ready.get(row) && pay(table, row, weapon.energyCost)) {
            if (loaded) {
                table.ints(rounds).set(row, table.ints(rounds).get(row) - 1);
            }
            ready.set(row, Blueprints.after(cell, weapon.cooldownSeconds));
            fire(cell, table, row, weapon);
        }
    }

    private boolean pay(Table table, int row, float cost) {
        if (!table.has(pilot)) {
            return true; // drones fire for nothing
        }
        FloatColumn energies = table.floats(energy);
        float left = energies.get(row) - cost;
        if (left < 0) {
            return false;
        }
        energies.set(row, left);
        return true;
    }

    private void fire(CellContext cell, Table table, int row, Weapon weapon) {
        long shooter = cell.idOf(table.entity(row));
        float direction = table.floats(yaw).get(row);
        float aheadX = Angles.cos(direction);
        float aheadY = Angles.sin(direction);
        float muzzle = table.floats(size).get(row) + Weapon.BOLT_SIZE;
        float x = table.floats(positionX).get(row) + aheadX * muzzle;
        float y = table.floats(positionY).get(row) + aheadY * muzzle;
        boolean named = table.has(nameplate);
        int paint = table.ints(variant).get(row);
        Bolt bolt = new Bolt(
                shooter,
                named ? table.texts(name).get(row) : BoltHits.DRONE_NAME,
                table.has(pilot) ? Bolt.NO_TEAM : paint,
                weapon.ordinal(),
                cell.tick(),
                cell.viewLagTicks(table.entity(row)));
        Velocity velocity = new Velocity(
                table.floats(velocityX).get(row) + aheadX * Weapon.BOLT_SPEED,
                table.floats(velocityY).get(row) + aheadY * Weapon.BOLT_SPEED);
        long flying = Blueprints.bolt(cell, bolt, paint, new Position(x, y, 0), direction, velocity);
        if (table.has(pilot)) {
            cell.tell(table.entity(row), new Fired(cell.idOf(flying), (int) cell.tick()));
        }
        cell.emit(
                new Shot(shooter, x, y, x + aheadX * RANGE_METRES, y + aheadY * RANGE_METRES, weapon.ordinal()), x, y);
    }
}
