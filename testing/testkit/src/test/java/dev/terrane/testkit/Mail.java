package dev.terrane.testkit;

import dev.terrane.ecs.Component;
import dev.terrane.ecs.Field;
import dev.terrane.ecs.Query;
import dev.terrane.ecs.Table;
import dev.terrane.plugin.CellContext;
import dev.terrane.plugin.Stage;
import dev.terrane.plugin.WorldContext;
import dev.terrane.plugin.WorldMap;
import dev.terrane.plugin.WorldPlugin;
import dev.terrane.plugin.WorldPosition;
import dev.terrane.plugin.kit.Position;
import dev.terrane.plugin.kit.Velocity;
import java.util.ArrayList;
import java.util.List;

/** A game of letters: whoever gets one writes it down, so a test can see which came, where, when and in what order. */
final class Mail implements WorldPlugin {
    /** What was carried out, in order, over all cells and their restarts; shared by the instances of one test. */
    private final List<Delivery> deliveries;

    Mail(List<Delivery> deliveries) {
        this.deliveries = deliveries;
    }

    /** To one entity. */
    record Letter(String from, long number) {}

    /** To a place. */
    record Shout(long number) {}

    /** To one entity that answers itself, so many times. */
    record Echo(int times) {}

    /** @param target 0 for a shout */
    record Delivery(String cell, long tick, long target, String from, long number) {}

    /** How many letters an entity got: part of its state, so it must agree with what was written down. */
    @Component("test.postbox")
    record Postbox(long letterCount) {}

    @Override
    public String name() {
        return "mail";
    }

    @Override
    public List<Class<? extends Record>> components() {
        return List.of(Postbox.class);
    }

    @Override
    public List<Class<? extends Record>> events() {
        return List.of();
    }

    @Override
    public List<Class<? extends Record>> intents() {
        return List.of(Letter.class, Shout.class, Echo.class);
    }

    @Override
    public WorldPosition entrance(WorldMap map, long characterSeed) {
        return new WorldPosition(0, 0);
    }

    static long spawn(CellContext cell, double worldX, double worldY, float vx, float vy) {
        return cell.spawn(
                new Position(cell.localX(worldX), cell.localY(worldY), 0), new Velocity(vx, vy), new Postbox(0));
    }

    @Override
    public void configure(WorldContext world) {
        world.onJoin((cell, _, x, y, _) -> cell.spawn(new Position(x, y, 0)));
        world.onIntent(Letter.class, (cell, target, letter) -> {
            note(cell, cell.idOf(target), letter.from(), letter.number());
            var postbox = cell.entities().schema().type(Postbox.class);
            cell.entities()
                    .set(
                            target,
                            postbox,
                            new Postbox(cell.entities().get(target, postbox).letterCount() + 1));
        });
        world.onAreaIntent(Shout.class, (cell, _, _, _, shout) -> note(cell, 0, "", shout.number()));
        world.onIntent(Echo.class, (cell, target, echo) -> {
            note(cell, cell.idOf(target), "echo", echo.times());
            if (echo.times() > 0) {
                cell.intend(cell.idOf(target), new Echo(echo.times() - 1));
            }
        });
        Query moving = world.entities()
                .query(
                        world.entities().schema().type(Position.class),
                        world.entities().schema().type(Velocity.class));
        Field[] fields = {
            world.entities().schema().field(Position.class, "x"),
            world.entities().schema().field(Position.class, "y"),
            world.entities().schema().field(Velocity.class, "x"),
            world.entities().schema().field(Velocity.class, "y")
        };
        world.addSystem(Stage.SIMULATE, "fly", cell -> {
            for (Table table : moving) {
                for (int row = 0; row < table.size(); row++) {
                    for (int axis = 0; axis < 2; axis++) {
                        float at = table.floats(fields[axis]).get(row);
                        float speed = table.floats(fields[axis + 2]).get(row);
                        table.floats(fields[axis]).set(row, at + speed * cell.dtSeconds());
                    }
                }
            }
        });
    }

    private void note(CellContext cell, long target, String from, long number) {
        deliveries.add(new Delivery(cell.cell().toString(), cell.tick(), target, from, number));
    }

    static List<Delivery> none() {
        return new ArrayList<>();
    }
}
