package dev.terrane.system;

import dev.terrane.ecs.EntityStore;
import dev.terrane.ecs.Query;
import dev.terrane.ecs.Schema;
import dev.terrane.ecs.Table;
import dev.terrane.plugin.CellContext;
import dev.terrane.plugin.Stage;
import dev.terrane.plugin.WorldContext;
import dev.terrane.plugin.WorldMap;
import dev.terrane.plugin.WorldPlugin;
import dev.terrane.plugin.WorldPosition;
import dev.terrane.plugin.kit.Controls;
import dev.terrane.plugin.kit.Position;
import dev.terrane.plugin.kit.Velocity;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * A game that is as heavy as a client wants: an avatar's aim is the milliseconds that a tick of its cell takes per hundred entities. It waits instead of
 * computing, so that the load is the same on a machine that is busy with other things.
 */
public final class Toil implements WorldPlugin {
    static final String NAME = "toil";
    static final int ENTITIES = 100;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<Class<? extends Record>> components() {
        return List.of();
    }

    @Override
    public List<Class<? extends Record>> events() {
        return List.of();
    }

    @Override
    public WorldPosition entrance(WorldMap map, long characterSeed) {
        return new WorldPosition(0, 0);
    }

    @Override
    public void configure(WorldContext world) {
        world.onJoin((cell, name, x, y, seed) -> cell.spawn(new Position(x, y, 0), new Velocity(0, 0)));
        world.onGenesis(cell -> {
            for (int i = 0; i < ENTITIES - 1; i++) {
                cell.spawn(new Position(i, 0, 0), new Velocity(0, 0));
            }
        });
        Schema schema = world.entities().schema();
        Query driven = world.entities().query(schema.type(Controls.class));
        world.addSystem(Stage.SIMULATE, "toil", cell -> toil(cell, driven));
        WorldContext.PluginCounter optional = world.counter("optional");
        world.addOpportunisticSystem(Stage.SIMULATE, "optional", cell -> optional.add(1));
    }

    private static void toil(CellContext cell, Query driven) {
        EntityStore store = cell.entities();
        float millisPerHundred = 0;
        for (Table table : driven) {
            for (int row = 0; row < table.size(); row++) {
                millisPerHundred = Math.max(
                        millisPerHundred,
                        store.get(table.entity(row), store.schema().type(Controls.class))
                                .aim());
            }
        }
        long endNanos = System.nanoTime() + (long) (millisPerHundred * store.size() / ENTITIES * 1_000_000);
        for (long left = endNanos - System.nanoTime(); left > 0; left = endNanos - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
