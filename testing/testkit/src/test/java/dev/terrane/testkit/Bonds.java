package dev.terrane.testkit;

import dev.terrane.ecs.Component;
import dev.terrane.ecs.ComponentType;
import dev.terrane.plugin.WorldContext;
import dev.terrane.plugin.WorldMap;
import dev.terrane.plugin.WorldPlugin;
import dev.terrane.plugin.WorldPosition;
import dev.terrane.plugin.kit.Position;
import java.util.List;

/** A game in which nobody moves, but some belong together: squads, and whoever has a target. */
final class Bonds implements WorldPlugin {
    /** @param target id, 0 for none */
    @Component("test.bond")
    record Bond(long squad, long target) {}

    @Override
    public String name() {
        return "bonds";
    }

    @Override
    public List<Class<? extends Record>> components() {
        return List.of(Bond.class);
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
        world.onJoin((cell, name, x, y, seed) -> cell.spawn(new Position(x, y, 0), new Bond(0, 0)));
        ComponentType<Bond> type = world.entities().schema().type(Bond.class);
        world.affinity((cell, entity, links) -> {
            Bond bond = cell.entities().get(entity, type);
            links.group(bond.squad());
            links.with(bond.target());
        });
    }
}
