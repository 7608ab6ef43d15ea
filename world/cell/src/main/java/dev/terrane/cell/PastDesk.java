package dev.terrane.cell;

import dev.terrane.ecs.ComponentType;
import dev.terrane.ecs.EntityStore;
import dev.terrane.ecs.Field;
import dev.terrane.ecs.Query;
import dev.terrane.ecs.Schema;
import dev.terrane.ecs.Table;
import dev.terrane.plugin.Past;
import dev.terrane.plugin.kit.Heading;
import dev.terrane.protocol.cluster.CellInput.HandoffOffer;
import dev.terrane.rewind.History;
import dev.terrane.rewind.HistoryLimits;
import dev.terrane.space.Bounds;

/**
 * Where those were whom the game wants to be remembered: the cell's own, and its ghosts as of their owners' ticks. No part of checkpoints: a restored cell remembers from its first tick on. Part
 * of what a twin starts from, because hits are decided by it.
 */
final class PastDesk {
    private final Body body;
    private final EntityStore ghosts;
    private final long remembered;
    private final Query placed;
    private final ComponentType<Heading> heading;
    private final Field yaw;
    private History history;

    PastDesk(Body body) {
        this.body = body;
        this.ghosts = body.ghosts.entities();
        this.remembered = body.spec.world().schema().remembered();
        KitFields kit = body.population.kit;
        this.placed = body.population.store.query(kit.identity, kit.position);
        Schema schema = body.population.store.schema();
        this.heading = schema.type(Heading.class);
        this.yaw = heading.field("yaw");
        CellSettings settings = body.spec.settings();
        CellSettings.Rewind limits = settings.rewind();
        Bounds bounds =
                body.spec.world().map().partition().bounds(body.spec.cell().region());
        double margin = settings.ghosts().rangeMetres() + settings.chunkMetres();
        this.history = new History(
                new HistoryLimits(limits.historyTicks(), limits.jumpMetresPerTick()),
                new Bounds(
                        bounds.minX() - margin, bounds.minY() - margin, bounds.maxX() + margin, bounds.maxY() + margin),
                settings.chunkMetres());
    }

    /** Whether the game wants anybody to be. */
    boolean remembers() {
        return remembered != 0;
    }

    /** Before anything else happens in the tick. */
    void begin() {
        history.begin(body.tick);
    }

    /** Its owner has told how it was at the end of that tick of his. */
    void seen(long ghost, long ownerTick) {
        file(ghost, ownerTick, false);
    }

    /** Nobody has told anything of it: so it is where it was, unless later news says otherwise. */
    void stillSeen(long ghost) {
        file(ghost, body.tick, true);
    }

    private void file(long ghost, long tick, boolean still) {
        Table table = ghosts.tableOf(ghost);
        if ((table.componentMask() & remembered) != 0) {
            file(table, ghosts.rowOf(ghost), tick, still);
        }
    }

    /**
     * It stands where its former owner left it.
     *
     * @param leftTick in which that was; of an unknown one, it stands there now and moves with the next tick
     */
    void arrived(Table table, int row, long leftTick) {
        if ((table.componentMask() & remembered) != 0) {
            file(table, row, leftTick == HandoffOffer.UNKNOWN_TICK ? body.tick : leftTick, false);
        }
    }

    private void file(Table table, int row, long tick, boolean still) {
        KitFields kit = body.population.kit;
        long entity = table.longs(kit.id).get(row);
        float x = table.floats(kit.x).get(row);
        float y = table.floats(kit.y).get(row);
        float turn = table.has(heading) ? table.floats(yaw).get(row) : 0;
        if (still) {
            history.fileStill(entity, tick, x, y, turn);
        } else {
            history.file(entity, tick, x, y, turn);
        }
    }

    /** Of the cell's own, when all have moved. */
    void record() {
        if (!remembers()) {
            return;
        }
        KitFields kit = body.population.kit;
        for (Table table : placed) {
            if ((table.componentMask() & remembered) != 0) {
                long[] ids = table.longs(kit.id).read();
                float[] x = table.floats(kit.x).read();
                float[] y = table.floats(kit.y).read();
                boolean turns = table.has(heading);
                float[] turn = turns ? table.floats(yaw).read() : x;
                for (int row = 0; row < table.size(); row++) {
                    history.file(ids[row], body.tick, x[row], y[row], turns ? turn[row] : 0);
                }
            }
        }
        body.meters.past(history);
    }

    Past at(float ticksAgo) {
        if (ticksAgo > 0) {
            body.meters.rewinds.one();
        }
        return history.at(ticksAgo);
    }

    void forget(long handle) {
        history.forget(body.population.idOf(handle));
    }

    History history() {
        return history;
    }

    /** The twin's is this cell's now. */
    void continueFrom(PastDesk twin) {
        history = twin.history;
    }
}
