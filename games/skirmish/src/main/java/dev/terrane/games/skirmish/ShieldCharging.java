package dev.terrane.games.skirmish;

import dev.terrane.ecs.EntityStore;
import dev.terrane.ecs.Field;
import dev.terrane.ecs.FloatColumn;
import dev.terrane.ecs.Query;
import dev.terrane.ecs.Schema;
import dev.terrane.ecs.Table;
import dev.terrane.plugin.CellContext;
import dev.terrane.plugin.CellSystem;

/** Shields of the living come back when nobody has hit them for a while. Armor and hull do not. */
final class ShieldCharging implements CellSystem {
    private static final float REST_SECONDS = 4;
    private static final float POINTS_PER_SECOND = 10;

    private final Query crafts;
    private final Field kind;
    private final Field shield;
    private final Field hull;
    private final Field hitTick;

    ShieldCharging(EntityStore entities) {
        Schema schema = entities.schema();
        crafts = entities.query(schema.type(Craft.class), schema.type(Vitals.class));
        kind = schema.field(Craft.class, "kind");
        shield = schema.field(Vitals.class, "shield");
        hull = schema.field(Vitals.class, "hull");
        hitTick = schema.field(Vitals.class, "hitTick");
    }

    @Override
    public void run(CellContext cell) {
        long restTicks = Math.round(REST_SECONDS / cell.dtSeconds());
        float points = POINTS_PER_SECOND * cell.dtSeconds();
        for (Table table : crafts) {
            FloatColumn shields = table.floats(shield);
            for (int row = 0; row < table.size(); row++) {
                float full = Vitals.full(table.ints(kind).get(row)).shield();
                boolean rested = cell.tick() - table.longs(hitTick).get(row) >= restTicks;
                if (rested && shields.get(row) < full && table.floats(hull).get(row) > 0) {
                    shields.set(row, Math.min(full, shields.get(row) + points));
                }
            }
        }
    }
}
