package dev.terrane.recorder;

import dev.terrane.ecs.Component;
import dev.terrane.ecs.Table;
import dev.terrane.plugin.CellContext;
import dev.terrane.plugin.Stage;
import dev.terrane.plugin.WorldContext;
import dev.terrane.plugin.WorldMap;
import dev.terrane.plugin.WorldPlugin;
import dev.terrane.plugin.WorldPosition;
import dev.terrane.plugin.kit.Position;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A game with a planted fault: from some tick on, what it does is not decided by what its cell consumes. */
final class Flaky implements WorldPlugin {
    static final int FROM_TICK = 150;
    private static final int ENTITY_COUNT = 40;

    enum Fault {
        NONE,
        WALL_CLOCK,
        IDENTITY_ORDER,
        OTHER_RULE
    }

    @Component("flaky.mood")
    record Mood(long value) {}

    private final Fault fault;

    Flaky(Fault fault) {
        this.fault = fault;
    }

    @Override
    public String name() {
        return "flaky";
    }

    @Override
    public List<Class<? extends Record>> components() {
        return List.of(Mood.class);
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
            for (int i = 0; i < ENTITY_COUNT; i++) {
                cell.spawn(new Position(i, i, 0), new Mood(0));
            }
        });
        world.onJoin((cell, name, x, y, seed) -> cell.spawn(new Position(x, y, 0)));
        world.addSystem(Stage.SIMULATE, "mood", this::mood);
    }

    private void mood(CellContext cell) {
        if (cell.tick() < FROM_TICK || fault == Fault.NONE) {
            return;
        }
        var schema = cell.entities().schema();
        Map<Object, Integer> rows = new HashMap<>(); // objects that hash by identity: another order in each run
        for (Table table : cell.entities().query(schema.type(Mood.class))) {
            for (int row = 0; row < table.size(); row++) {
                rows.put(new Object(), row);
            }
            long place = 0;
            for (int row : rows.values()) {
                long value = switch (fault) {
                    case WALL_CLOCK -> System.nanoTime();
                    case IDENTITY_ORDER -> ++place;
                    default -> 1;
                };
                table.longs(schema.field(Mood.class, "value")).set(row, value);
            }
        }
    }
}
