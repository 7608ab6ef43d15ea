package dev.terrane.games.skirmish;

import dev.terrane.ecs.EntityStore;
import dev.terrane.ecs.Field;
import dev.terrane.ecs.Schema;
import dev.terrane.ecs.Table;
import dev.terrane.plugin.CellContext;
import dev.terrane.plugin.Past;
import dev.terrane.plugin.Place;
import dev.terrane.plugin.kit.Position;

/**
 * Ships and drones where a bolt's shooter sees them: so many ticks ago, in each tick of its flight. Whether they can be shot at is judged as of now: the dead, and those who began
 * anew since, are not hit where they were.
 */
final class SeenTargets {
    private final EntityStore entities;
    private final Targets targets;
    private final Field size;
    private final Field positionX;
    private final Field positionY;
    private final long[] near = new long[256];
    private final float[] atX = new float[near.length];
    private final float[] atY = new float[near.length];
    private final Place place = new Place();

    SeenTargets(EntityStore entities, Targets targets) {
        Schema schema = entities.schema();
        this.entities = entities;
        this.targets = targets;
        this.size = schema.field(Craft.class, "size");
        this.positionX = schema.field(Position.class, "x");
        this.positionY = schema.field(Position.class, "y");
    }

    /** @param lagBefore in the tick before */
    void meet(CellContext cell, Bolt flying, float lagBefore, Flown flown, Meeting first) {
        Past seen = cell.past(flying.lagTicks());
        int count = seen.near(flown.middleX(), flown.middleY(), flown.reach(), near);
        for (int i = 0; i < count; i++) {
            seen.find(near[i], place);
            atX[i] = place.x;
            atY[i] = place.y;
        }
        Past before = cell.past(lagBefore + 1);
        for (int i = 0; i < count; i++) {
            long own = cell.find(near[i]);
            EntityStore store = own != 0 ? entities : cell.ghosts().entities();
            long handle = own != 0 ? own : cell.ghosts().find(near[i]);
            if (near[i] != flying.shooter() && targets.hostile(store, handle, flying.team())) {
                boolean moved = before.find(near[i], place);
                float stepX = moved ? atX[i] - place.x : 0;
                float stepY = moved ? atY[i] - place.y : 0;
                Table table = store.tableOf(handle);
                int row = store.rowOf(handle);
                float radius = table.floats(size).get(row);
                if (first.offer(near[i], flown.meets(atX[i], atY[i], stepX, stepY, radius), true)) {
                    first.seenX = atX[i];
                    first.seenY = atY[i];
                    first.x = table.floats(positionX).get(row);
                    first.y = table.floats(positionY).get(row);
                    first.radius = radius;
                }
            }
        }
    }
}
