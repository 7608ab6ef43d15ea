package dev.terrane.games.skirmish;

import dev.terrane.ecs.BooleanColumn;
import dev.terrane.ecs.EntityStore;
import dev.terrane.ecs.Field;
import dev.terrane.ecs.FloatColumn;
import dev.terrane.ecs.IntColumn;
import dev.terrane.ecs.Query;
import dev.terrane.ecs.Schema;
import dev.terrane.ecs.Table;
import dev.terrane.plugin.CellContext;
import dev.terrane.plugin.CellSystem;
import dev.terrane.plugin.kit.Controls;
import dev.terrane.plugin.kit.Veiled;

/** A ship hides from all but its wing while it holds the button, does not shoot and has energy. Drones lose it, too. Also tells the wing how it fares. */
final class Cloaking implements CellSystem {
    /** What is needed to begin; then it lasts until all is used up. */
    static final float ENERGY_TO_BEGIN = 20;
    /** Of which 16 come back meanwhile, by {@code rule/flight.ts}. */
    private static final float DRAIN_PER_SECOND = 16 + 12;

    private final Query ships;
    private final Field energy;
    private final Field hull;
    private final Field held;
    private final Field pressed;
    private final Field veil;
    private final Field wingEnergy;
    private final Field wingCloaked;

    Cloaking(EntityStore entities) {
        Schema schema = entities.schema();
        ships = entities.query(
                schema.type(Pilot.class),
                schema.type(Vitals.class),
                schema.type(Controls.class),
                schema.type(Veiled.class),
                schema.type(Wing.class));
        energy = schema.field(Pilot.class, "energy");
        hull = schema.field(Vitals.class, "hull");
        held = schema.field(Controls.class, "held");
        pressed = schema.field(Controls.class, "pressed");
        veil = schema.field(Veiled.class, "to");
        wingEnergy = schema.field(Wing.class, "energy");
        wingCloaked = schema.field(Wing.class, "cloaked");
    }

    @Override
    public void run(CellContext cell) {
        float drain = DRAIN_PER_SECOND * cell.dtSeconds();
        for (Table table : ships) {
            FloatColumn energies = table.floats(energy);
            FloatColumn told = table.floats(wingEnergy);
            IntColumn veils = table.ints(veil);
            BooleanColumn cloaks = table.booleans(wingCloaked);
            for (int row = 0; row < table.size(); row++) {
                boolean before = veils.get(row) != Veiled.NOT;
                boolean now = wishes(table, row) && energies.get(row) >= (before ? drain : ENERGY_TO_BEGIN);
                if (now) {
                    energies.set(row, energies.get(row) - drain);
                }
                if (now != before) {
                    veils.set(row, now ? Veiled.SQUAD : Veiled.NOT);
                    cloaks.set(row, now);
                }
                told.set(row, energies.get(row));
            }
        }
    }

    private boolean wishes(Table table, int row) {
        int buttons = table.ints(held).get(row) | table.ints(pressed).get(row);
        return Buttons.down(buttons, Buttons.CLOAK)
                && !Buttons.down(buttons, Buttons.FIRE)
                && table.floats(hull).get(row) > 0;
    }
}
