package dev.terrane.bench.load.arena;

import dev.terrane.plugin.CellContext;
import dev.terrane.plugin.Stage;
import dev.terrane.plugin.WorldContext;
import dev.terrane.plugin.WorldPlugin;
import dev.terrane.plugin.kit.Controls;
import dev.terrane.plugin.kit.Heading;
import dev.terrane.plugin.kit.Position;
import dev.terrane.plugin.kit.Velocity;
import java.util.List;

/** The least that is a game: one entity per player, which goes where its player steers. Deterministic. Where players enter is what arenas differ in. */
abstract class Arena implements WorldPlugin {
    private static final Velocity STILL = new Velocity(0, 0);
    private static final Controls IDLE = new Controls(0, 0, 0, 0, 0);

    private final String name;
    private final float metresPerSecond;

    Arena(String name, float metresPerSecond) {
        this.name = name;
        this.metresPerSecond = metresPerSecond;
    }

    @Override
    public String name() {
        return name;
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
        world.onJoin(Arena::enter);
        world.addSystem(Stage.SIMULATE, "walking", new Walking(world.entities(), metresPerSecond));
    }

    private static long enter(CellContext cell, String name, float x, float y, long characterSeed) {
        return cell.spawn(new Position(x, y, 0), new Heading(0), STILL, IDLE);
    }
}
