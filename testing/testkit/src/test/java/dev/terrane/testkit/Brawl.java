package dev.terrane.testkit;

import dev.terrane.ecs.Component;
import dev.terrane.ecs.Table;
import dev.terrane.plugin.CellContext;
import dev.terrane.plugin.FollowReason;
import dev.terrane.plugin.Past;
import dev.terrane.plugin.Place;
import dev.terrane.plugin.Stage;
import dev.terrane.plugin.WorldContext;
import dev.terrane.plugin.WorldMap;
import dev.terrane.plugin.WorldPlugin;
import dev.terrane.plugin.WorldPosition;
import dev.terrane.plugin.kit.Position;
import dev.terrane.plugin.kit.Velocity;
import java.util.List;

/** Everybody drifts about and shoves whoever is near, here or beyond the border; some hold on to somebody, some burst. For twins: it uses all that a cell offers. */
final class Brawl implements WorldPlugin {
    private static final int BRAWLER_COUNT = 14;
    private static final float REACH_METRES = 40;

    /** How often somebody was shoved, and whom he holds on to. */
    @Component("test.bruise")
    record Bruise(int count, long friend, String last) {}

    record Shove(long by, String why, double strength) {}

    record Burst(int size) {}

    @Override
    public String name() {
        return "brawl";
    }

    @Override
    public List<Class<? extends Record>> components() {
        return List.of(Bruise.class);
    }

    @Override
    public List<Class<? extends Record>> events() {
        return List.of();
    }

    @Override
    public List<Class<? extends Record>> intents() {
        return List.of(Shove.class, Burst.class);
    }

    @Override
    public List<Class<? extends Record>> ghosted() {
        return List.of(Bruise.class);
    }

    @Override
    public List<Class<? extends Record>> remembered() {
        return List.of(Bruise.class);
    }

    @Override
    public WorldPosition entrance(WorldMap map, long characterSeed) {
        return new WorldPosition(0, 0);
    }

    @Override
    public void configure(WorldContext world) {
        world.onGenesis(cell -> {
            for (int i = 0; i < BRAWLER_COUNT; i++) {
                brawler(cell, cell.rng().nextFloat(-60, 60), cell.rng().nextFloat(-60, 60));
            }
        });
        world.onJoin((cell, name, x, y, seed) -> brawler(cell, x, y));
        world.addSystem(Stage.SIMULATE, "drift", Brawl::drift);
        world.addSystem(Stage.RESOLVE, "shove", Brawl::shoveAll);
        world.onIntent(Shove.class, Brawl::shoved);
        world.onAreaIntent(Burst.class, (cell, x, y, radius, burst) -> {
            long[] near = new long[8];
            int count = cell.near(x, y, radius, near);
            for (int i = 0; i < count; i++) {
                bruise(cell, near[i], "burst " + burst.size(), 0);
            }
        });
        world.affinity((cell, entity, links) -> {
            if (cell.entities().has(entity, cell.entities().schema().type(Bruise.class))) {
                links.with(cell.entities()
                        .get(entity, cell.entities().schema().type(Bruise.class))
                        .friend());
            }
        });
    }

    private static long brawler(CellContext cell, float x, float y) {
        return cell.spawn(
                new Position(x, y, 0),
                new Velocity(cell.rng().nextFloat(-80, 80), cell.rng().nextFloat(-80, 80)),
                new Bruise(0, 0, ""));
    }

    private static void drift(CellContext cell) {
        var schema = cell.entities().schema();
        for (Table table : cell.entities().query(schema.type(Position.class), schema.type(Velocity.class))) {
            for (int row = 0; row < table.size(); row++) {
                if (cell.rng().chance(0.02f)) {
                    table.floats(schema.field(Velocity.class, "x"))
                            .set(row, cell.rng().nextFloat(-80, 80));
                    table.floats(schema.field(Velocity.class, "y"))
                            .set(row, cell.rng().nextFloat(-80, 80));
                }
                step(table, row, "x", cell);
                step(table, row, "y", cell);
            }
        }
    }

    private static void step(Table table, int row, String axis, CellContext cell) {
        var schema = cell.entities().schema();
        float speed = table.floats(schema.field(Velocity.class, axis)).get(row);
        var column = table.floats(schema.field(Position.class, axis));
        column.set(row, Math.clamp(column.get(row) + speed * cell.dtSeconds(), -600, 600));
    }

    private static void shoveAll(CellContext cell) {
        var schema = cell.entities().schema();
        long[] found = new long[4];
        Place place = new Place();
        for (Table table : cell.entities().query(schema.type(Bruise.class), schema.type(Position.class))) {
            for (int row = 0; row < table.size(); row++) {
                if (!cell.rng().chance(0.2f)) {
                    continue;
                }
                float x = table.floats(schema.field(Position.class, "x")).get(row);
                float y = table.floats(schema.field(Position.class, "y")).get(row);
                long self = cell.idOf(table.entity(row));
                int ghosts = cell.ghosts().near(x, y, REACH_METRES, found);
                for (int i = 0; i < ghosts; i++) {
                    long id = cell.ghosts().idOf(found[i]);
                    cell.intend(id, new Shove(self, "ghost", x));
                    if (cell.rng().chance(0.2f) && cell.follow(id, FollowReason.LOCKED_TARGET)) {
                        table.longs(schema.field(Bruise.class, "friend")).set(row, id);
                    }
                }
                int near = cell.near(x, y, REACH_METRES, found);
                for (int i = 0; i < near; i++) {
                    cell.intend(cell.idOf(found[i]), new Shove(self, "near", y));
                }
                Past seen = cell.past(cell.rng().nextFloat(0, 25));
                int then = seen.near(x, y, REACH_METRES / 2, found);
                for (int i = 0; i < then; i++) {
                    seen.find(found[i], place);
                    cell.intend(found[i], new Shove(self, "seen", place.x + place.y));
                }
                if (cell.rng().chance(0.05f)) {
                    cell.forgetPast(table.entity(row));
                }
                if (cell.rng().chance(0.05f)) {
                    cell.intendAround(x, y, REACH_METRES, new Burst(ghosts + near));
                }
                if (cell.rng().chance(0.01f)) {
                    cell.despawn(table.entity(row));
                    brawler(cell, -x / 2, -y / 2);
                }
            }
        }
    }

    private static void shoved(CellContext cell, long target, Shove shove) {
        bruise(cell, target, shove.why(), shove.by());
        if (cell.rng().chance(0.3f)) {
            cell.intend(shove.by(), new Shove(cell.idOf(target), "back", shove.strength() / 2));
        }
    }

    private static void bruise(CellContext cell, long target, String why, long by) {
        var type = cell.entities().schema().type(Bruise.class);
        if (cell.entities().has(target, type)) {
            Bruise bruise = cell.entities().get(target, type);
            cell.entities().set(target, type, new Bruise(bruise.count() + 1, by == 0 ? bruise.friend() : by, why));
        }
    }
}
