package dev.terrane.bench;

import dev.terrane.ecs.Component;
import dev.terrane.ecs.Query;
import dev.terrane.ecs.Replicated;
import dev.terrane.ecs.Schema;
import dev.terrane.ecs.Table;
import dev.terrane.plugin.CellContext;
import dev.terrane.plugin.Stage;
import dev.terrane.plugin.WorldContext;
import dev.terrane.plugin.WorldMap;
import dev.terrane.plugin.WorldPlugin;
import dev.terrane.plugin.WorldPosition;
import dev.terrane.plugin.kit.Position;
import dev.terrane.plugin.kit.Velocity;
import java.util.List;

/** 10,000 entities that go round in circles in the middle of their region, with as much state as a ship of the demo. */
public final class Crowd implements WorldPlugin {
    static final int ENTITIES = 10_000;

    @Component("crowd.body")
    record Body(
            @Replicated(step = 1f / 64) float angle,
            @Replicated int hull,
            @Replicated int shield,
            long target,
            float heat,
            float fuel,
            int ammo,
            boolean armed) {}

    @Override
    public String name() {
        return "crowd";
    }

    @Override
    public List<Class<? extends Record>> components() {
        return List.of(Body.class);
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
        world.onGenesis(cell -> {
            for (int i = 0; i < ENTITIES; i++) {
                float x = cell.rng().nextFloat(-900, 900);
                float y = cell.rng().nextFloat(-900, 900);
                cell.spawn(
                        new Position(x, y, 0),
                        new Velocity(x / 100, -y / 100),
                        new Body(0, 100, 100, i, 0, 1, 9, true));
            }
        });
        world.onJoin((cell, name, x, y, seed) ->
                cell.spawn(new Position(x, y, 0), new Velocity(0, 0), new Body(0, 100, 100, 0, 0, 1, 9, true)));
        Schema schema = world.entities().schema();
        Query moving = world.entities().query(schema.type(Position.class), schema.type(Body.class));
        world.addSystem(Stage.SIMULATE, "circle", cell -> move(cell, moving, schema));
    }

    private static void move(CellContext cell, Query moving, Schema schema) {
        float side = cell.tick() % 40 < 20 ? 0.1f : -0.1f;
        for (Table table : moving) {
            float[] xs = table.floats(schema.field(Position.class, "x")).write();
            float[] angles = table.floats(schema.field(Body.class, "angle")).write();
            for (int row = 0; row < table.size(); row++) {
                xs[row] += side;
                angles[row] += side;
            }
        }
    }
}
