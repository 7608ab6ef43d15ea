package dev.terrane.server.world;

import dev.terrane.plugin.Stage;
import dev.terrane.plugin.WorldContext;
import dev.terrane.plugin.WorldMap;
import dev.terrane.plugin.WorldPlugin;
import dev.terrane.plugin.WorldPosition;
import dev.terrane.plugin.kit.Position;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A game of which each region begins with three entities, and throws when it is told to. */
final class Fragile implements WorldPlugin {
    static final int ENTITIES_PER_REGION = 3;

    private final AtomicInteger beginnings;
    private final AtomicInteger throwing;

    /**
     * @param beginnings counts regions that began without a past
     * @param throwing column of the region that is to throw once, or -1
     */
    Fragile(AtomicInteger beginnings, AtomicInteger throwing) {
        this.beginnings = beginnings;
        this.throwing = throwing;
    }

    @Override
    public String name() {
        return "fragile";
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
            beginnings.incrementAndGet();
            for (int i = 0; i < ENTITIES_PER_REGION; i++) {
                cell.spawn(new Position(i, i, 0));
            }
        });
        world.addSystem(Stage.SIMULATE, "fragile", cell -> {
            if (throwing.compareAndSet(cell.cell().region().a(), -1)) {
                throw new IllegalStateException("as it was told");
            }
        });
    }

    @Override
    public WorldPosition entrance(WorldMap map, long characterSeed) {
        return new WorldPosition(0, 0);
    }
}
