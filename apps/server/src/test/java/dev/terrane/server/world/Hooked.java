package dev.terrane.server.world;

import dev.terrane.plugin.CellContext;
import dev.terrane.plugin.Stage;
import dev.terrane.plugin.WorldContext;
import dev.terrane.plugin.WorldMap;
import dev.terrane.plugin.WorldPlugin;
import dev.terrane.plugin.WorldPosition;
import dev.terrane.plugin.kit.Position;
import java.util.List;
import java.util.function.Consumer;

/** A game in which a test does what it likes in every tick of every cell, on the worker's thread. */
public final class Hooked implements WorldPlugin {
    private final int entitiesPerRegion;
    private final Consumer<CellContext> eachTick;

    /** @param eachTick on the ticking thread */
    public Hooked(int entitiesPerRegion, Consumer<CellContext> eachTick) {
        this.entitiesPerRegion = entitiesPerRegion;
        this.eachTick = eachTick;
    }

    @Override
    public String name() {
        return "hooked";
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
    public void configure(WorldContext world) {
        world.onJoin((cell, name, x, y, seed) -> cell.spawn(new Position(x, y, 0)));
        world.onGenesis(cell -> {
            for (int i = 0; i < entitiesPerRegion; i++) {
                cell.spawn(new Position(i % 200, i / 200, 0));
            }
        });
        world.addSystem(Stage.SIMULATE, "hook", eachTick::accept);
    }

    @Override
    public WorldPosition entrance(WorldMap map, long characterSeed) {
        return new WorldPosition(0, 0);
    }
}
