package dev.terrane.bench.load.arena;

import dev.terrane.ecs.EntityStore;
import dev.terrane.ecs.Field;
import dev.terrane.ecs.FloatColumn;
import dev.terrane.ecs.IntColumn;
import dev.terrane.ecs.Query;
import dev.terrane.ecs.Schema;
import dev.terrane.ecs.Table;
import dev.terrane.plugin.CellContext;
import dev.terrane.plugin.CellSystem;
import dev.terrane.plugin.kit.Position;
import dev.terrane.plugin.kit.Velocity;
import dev.terrane.space.StripPartition;

/** Moves runners, turns them at the world's ends, and counts how long each took from cell to cell. */
final class Running implements CellSystem {
    private static final double END_METRES = 16;

    private final Query runners;
    private final Field positionX;
    private final Field velocityX;
    private final Field region;
    private final Field tick;
    private final BorderArena.CrossingCounters counters;

    Running(EntityStore entities, BorderArena.CrossingCounters counters) {
        Schema schema = entities.schema();
        this.runners =
                entities.query(schema.type(Position.class), schema.type(Velocity.class), schema.type(Crossing.class));
        this.positionX = schema.field(Position.class, "x");
        this.velocityX = schema.field(Velocity.class, "x");
        this.region = schema.field(Crossing.class, "region");
        this.tick = schema.field(Crossing.class, "tick");
        this.counters = counters;
    }

    @Override
    public void run(CellContext cell) {
        StripPartition strips = BorderArena.strips(cell.map());
        float west = cell.localX(END_METRES);
        float east = cell.localX(strips.count() * strips.widthMetres() - END_METRES);
        int here = cell.cell().region().a();
        int now = (int) cell.tick();
        for (Table table : runners) {
            float[] x = table.floats(positionX).write();
            FloatColumn speed = table.floats(velocityX);
            IntColumn regions = table.ints(region);
            int[] ticks = table.ints(tick).write();
            for (int row = 0; row < table.size(); row++) {
                if (regions.get(row) != here) {
                    counters.crossed(now - ticks[row]);
                    regions.set(row, here);
                }
                ticks[row] = now;
                x[row] += speed.get(row) * cell.dtSeconds();
                if (speed.get(row) < 0 ? x[row] < west : x[row] > east) {
                    speed.set(row, -speed.get(row));
                }
            }
        }
    }
}
