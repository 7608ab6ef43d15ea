package dev.terrane.simulation;

import dev.terrane.base.CellId;
import dev.terrane.cell.Cell;
import dev.terrane.ecs.ComponentType;
import dev.terrane.ecs.EntityStore;
import dev.terrane.ecs.Field;
import dev.terrane.ecs.Schema;
import dev.terrane.ecs.Table;
import dev.terrane.plugin.CellContext;
import dev.terrane.plugin.kit.Avatar;
import dev.terrane.plugin.kit.Identity;
import dev.terrane.plugin.kit.Position;
import dev.terrane.simulation.Drill.Diary;
import dev.terrane.simulation.Drill.Wounds;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All entities of all cells after a tick, read through each cell's own door. */
final class Observation {
    final long tick;
    final List<Sighting> all = new ArrayList<>();
    /** Only looked up, never iterated. */
    private final Map<Long, Sighting> byId = new HashMap<>();
    /** By cell and id. */
    final SortedMap<CellId, Map<Long, Ghost>> ghosts = new TreeMap<>();
    /** An entity that was seen twice, and where else. */
    private final List<String> doubles = new ArrayList<>();

    private Observation(long tick) {
        this.tick = tick;
    }

    static Observation of(long tick, SortedMap<CellId, Cell> cells) {
        Observation observation = new Observation(tick);
        for (Cell cell : cells.values()) {
            if (cell.lastTick() >= 0 && cell.phase() == Cell.Phase.RUNNING) {
                cell.visit(observation::look);
            }
        }
        return observation;
    }

    @Nullable
    Sighting find(long id) {
        return byId.get(id);
    }

    List<String> doubles() {
        return doubles;
    }

    private void look(CellContext cell) {
        EntityStore store = cell.entities();
        Fields fields = new Fields(store.schema());
        lookAtGhosts(cell, fields);
        for (int t = 0; t < store.tableCount(); t++) {
            Table table = store.table(t);
            if (table.size() > 0 && table.has(fields.identity) && table.has(fields.position)) {
                boolean avatar = table.has(fields.avatar);
                boolean diary = table.has(fields.diary);
                boolean wounds = table.has(fields.wounds);
                for (int row = 0; row < table.size(); row++) {
                    add(new Sighting(
                            cell.cell(),
                            table.longs(fields.id).get(row),
                            table.ints(fields.ownership).get(row),
                            cell.worldX(table.floats(fields.x).get(row)),
                            cell.worldY(table.floats(fields.y).get(row)),
                            wounds ? table.ints(fields.woundCount).get(row) : -1,
                            diary ? store.get(table.entity(row), fields.diary) : null,
                            avatar ? table.longs(fields.session).get(row) : 0,
                            avatar ? table.ints(fields.ackedSeq).get(row) : 0));
                }
            }
        }
    }

    private void lookAtGhosts(CellContext cell, Fields fields) {
        EntityStore store = cell.ghosts().entities();
        Map<Long, Ghost> here = new LinkedHashMap<>();
        for (int t = 0; t < store.tableCount(); t++) {
            Table table = store.table(t);
            if (table.size() > 0 && table.has(fields.position)) {
                boolean wounds = table.has(fields.wounds);
                for (int row = 0; row < table.size(); row++) {
                    long id = cell.ghosts().idOf(table.entity(row));
                    here.put(
                            id,
                            new Ghost(
                                    id,
                                    cell.worldX(table.floats(fields.x).get(row)),
                                    cell.worldY(table.floats(fields.y).get(row)),
                                    wounds ? table.ints(fields.woundCount).get(row) : -1));
                }
            }
        }
        ghosts.put(cell.cell(), here);
    }

    /** Where the values stand. */
    private static final class Fields {
        final ComponentType<Identity> identity;
        final ComponentType<Position> position;
        final ComponentType<Avatar> avatar;
        final ComponentType<Diary> diary;
        final ComponentType<Wounds> wounds;
        final Field id;
        final Field ownership;
        final Field x;
        final Field y;
        final Field woundCount;
        final Field session;
        final Field ackedSeq;

        Fields(Schema schema) {
            identity = schema.type(Identity.class);
            position = schema.type(Position.class);
            avatar = schema.type(Avatar.class);
            diary = schema.type(Diary.class);
            wounds = schema.type(Wounds.class);
            id = schema.field(Identity.class, "id");
            ownership = schema.field(Identity.class, "ownership");
            x = schema.field(Position.class, "x");
            y = schema.field(Position.class, "y");
            woundCount = schema.field(Wounds.class, "count");
            session = schema.field(Avatar.class, "session");
            ackedSeq = schema.field(Avatar.class, "ackedSeq");
        }
    }

    private void add(Sighting sighting) {
        all.add(sighting);
        Sighting other = byId.put(sighting.id(), sighting);
        if (other != null) {
            doubles.add("entity " + new dev.terrane.base.EntityId(sighting.id()) + " lives in " + other.cell()
                    + " (ownership " + other.ownership() + ") and in " + sighting.cell() + " (ownership "
                    + sighting.ownership() + ")");
        }
    }
}
