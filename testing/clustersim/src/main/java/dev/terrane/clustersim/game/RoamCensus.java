package dev.terrane.clustersim.game;

import dev.terrane.clustersim.game.Roam.Diary;
import dev.terrane.clustersim.game.Roam.Walk;
import dev.terrane.ecs.EntityStore;
import dev.terrane.ecs.Field;
import dev.terrane.ecs.Query;
import dev.terrane.ecs.Schema;
import dev.terrane.ecs.Table;
import dev.terrane.plugin.CellContext;
import dev.terrane.plugin.WorldContext;
import dev.terrane.plugin.kit.Identity;
import dev.terrane.plugin.kit.Position;
import java.util.ArrayList;
import java.util.List;

/** Tells who is in the cell, tick by tick. */
final class RoamCensus {
    private final GameEar ear;
    private final Query walkers;
    private final Query avatars;
    private final Field id;
    private final Field ownership;
    private final Field number;
    private final Field lastSeq;
    private final Field count;
    private final Field coins;
    private final Field x;
    private final Field y;

    RoamCensus(WorldContext world, GameEar ear) {
        Schema schema = world.entities().schema();
        this.ear = ear;
        this.walkers = world.entities().query(schema.type(Identity.class), schema.type(Walk.class));
        this.avatars = world.entities().query(schema.type(Identity.class), schema.type(Diary.class));
        this.id = schema.field(Identity.class, "id");
        this.ownership = schema.field(Identity.class, "ownership");
        this.number = schema.field(Walk.class, "number");
        this.lastSeq = schema.field(Diary.class, "lastSeq");
        this.count = schema.field(Purse.class, "count");
        this.coins = schema.field(Purse.class, "coins");
        this.x = schema.field(Position.class, "x");
        this.y = schema.field(Position.class, "y");
    }

    void report(CellContext cell) {
        List<Sighted> all = new ArrayList<>();
        for (Table table : walkers) {
            for (int row = 0; row < table.size(); row++) {
                all.add(sighted(cell, table, row, table.ints(number).get(row), 0, Purse.EMPTY));
            }
        }
        for (Table table : avatars) {
            for (int row = 0; row < table.size(); row++) {
                Purse purse =
                        new Purse(table.ints(count).get(row), table.longs(coins).get(row));
                all.add(sighted(cell, table, row, 0, table.ints(lastSeq).get(row), purse));
            }
        }
        ear.census(cell.cell(), cell.tick(), all, ear.isQuiet(cell.tick()) ? ghosts(cell) : List.of());
    }

    private static List<Ghostly> ghosts(CellContext cell) {
        EntityStore store = cell.ghosts().entities();
        Field x = store.schema().field(Position.class, "x");
        Field y = store.schema().field(Position.class, "y");
        List<Ghostly> all = new ArrayList<>();
        for (Table table : store.query(store.schema().type(Position.class))) {
            for (int row = 0; row < table.size(); row++) {
                all.add(new Ghostly(
                        cell.ghosts().idOf(table.entity(row)),
                        cell.worldX(table.floats(x).get(row)),
                        cell.worldY(table.floats(y).get(row))));
            }
        }
        return all;
    }

    private Sighted sighted(CellContext cell, Table table, int row, int walker, int seq, Purse purse) {
        return new Sighted(
                table.longs(id).get(row),
                table.ints(ownership).get(row),
                walker,
                cell.worldX(table.floats(x).get(row)),
                cell.worldY(table.floats(y).get(row)),
                seq,
                purse);
    }
}
