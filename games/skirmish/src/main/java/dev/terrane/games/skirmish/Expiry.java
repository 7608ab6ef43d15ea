package dev.terrane.games.skirmish;

import dev.terrane.ecs.EntityStore;
import dev.terrane.ecs.Field;
import dev.terrane.ecs.Query;
import dev.terrane.ecs.Schema;
import dev.terrane.ecs.Table;
import dev.terrane.plugin.CellContext;
import dev.terrane.plugin.CellSystem;

/** Ends what has a lifetime. */
final class Expiry implements CellSystem {
    private final Query mortals;
    private final Field untilTick;

    Expiry(EntityStore entities) {
        Schema schema = entities.schema();
        mortals = entities.query(schema.type(Lifetime.class));
        untilTick = schema.field(Lifetime.class, "untilTick");
    }

    @Override
    public void run(CellContext cell) {
        for (Table table : mortals) {
            for (int row = 0; row < table.size(); row++) {
                if (cell.tick() >= table.longs(untilTick).get(row)) {
                    cell.despawn(table.entity(row));
                }
            }
        }
    }
}
