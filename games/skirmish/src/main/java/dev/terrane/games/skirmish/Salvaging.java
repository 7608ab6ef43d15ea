package dev.terrane.games.skirmish;

import dev.terrane.ecs.ComponentType;
import dev.terrane.ecs.EntityStore;
import dev.terrane.ecs.Field;
import dev.terrane.ecs.Query;
import dev.terrane.ecs.Schema;
import dev.terrane.ecs.Table;
import dev.terrane.games.skirmish.station.Salvage;
import dev.terrane.games.skirmish.station.Station;
import dev.terrane.plugin.CellContext;
import dev.terrane.plugin.CellSystem;
import dev.terrane.plugin.kit.Avatar;
import dev.terrane.plugin.kit.Position;

/** Whoever flies through a wreck first has what is in it. */
final class Salvaging implements CellSystem {
    private static final float REACH_METRES = 8;

    private final EntityStore entities;
    private final Query wrecks;
    private final ComponentType<Avatar> avatar;
    private final ComponentType<Vitals> vitals;
    private final Field amount;
    private final Field x;
    private final Field y;
    private final long[] near = new long[32];

    Salvaging(EntityStore entities) {
        Schema schema = entities.schema();
        this.entities = entities;
        this.wrecks = entities.query(schema.type(Salvage.class), schema.type(Position.class));
        this.avatar = schema.type(Avatar.class);
        this.vitals = schema.type(Vitals.class);
        this.amount = schema.field(Salvage.class, "amount");
        this.x = schema.field(Position.class, "x");
        this.y = schema.field(Position.class, "y");
    }

    @Override
    public void run(CellContext cell) {
        for (Table table : wrecks) {
            for (int row = 0; row < table.size(); row++) {
                float atX = table.floats(x).get(row);
                float atY = table.floats(y).get(row);
                int count = cell.near(atX, atY, REACH_METRES, near);
                for (int i = 0; i < count; i++) {
                    if (flies(near[i])) {
                        pickUp(cell, table.entity(row), table.ints(amount).get(row), near[i]);
                        break;
                    }
                }
            }
        }
    }

    private boolean flies(long entity) {
        return entities.has(entity, avatar) && entities.get(entity, vitals).hull() > 0;
    }

    /** The wreck's end is durable with the wish for what was in it: no crash brings it back to be emptied again. So first it must be sure that it is. */
    private void pickUp(CellContext cell, long wreck, int pieces, long ship) {
        if (cell.keep(wreck) && Station.stow(cell, entities.get(ship, avatar), pieces, "salvage-" + cell.idOf(wreck))) {
            cell.despawn(wreck);
        }
    }
}
