package dev.terrane.testkit;

import dev.terrane.ecs.Component;
import dev.terrane.ecs.Field;
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
import dev.terrane.plugin.kit.Controls;
import dev.terrane.plugin.kit.Position;
import dev.terrane.plugin.kit.Velocity;
import java.util.List;

/**
 * A game of nothing but motion: entities keep their velocity, avatars take it from their controls. Option {@code drifters}: how many
 * each region begins with; {@code turns}: out of 1000, how often one takes a new course; {@code numbered}: an avatar's aim is the number
 * of its input, which must never fall.
 */
final class Drift implements WorldPlugin {
    static final float SPEED_METRES_PER_SECOND = 100;
    static final int ECHO_MESSAGE = 7;
    static final int BUTTON_JUMP = 1;

    /** What an avatar has done: how often it jumped, how many inputs it got (known by their aim), the sum of held over all ticks. */
    @Component("test.deeds")
    record Deeds(@Replicated int jumpCount, float lastAim, int inputCount, long heldSum) {}

    /** Somebody jumped. */
    @Component("test.jumped")
    record Jumped(
            @Replicated long who,
            @Replicated(step = 1f / 16) float x) {}

    @Override
    public String name() {
        return "drift";
    }

    @Override
    public List<Class<? extends Record>> components() {
        return List.of(Deeds.class);
    }

    @Override
    public List<Class<? extends Record>> events() {
        return List.of(Jumped.class);
    }

    @Override
    public List<Class<? extends Record>> remembered() {
        return List.of(Position.class);
    }

    @Override
    public WorldPosition entrance(WorldMap map, long characterSeed) {
        return new WorldPosition(
                map.partition().originX(map.partition().regions().getFirst()),
                map.partition().originY(map.partition().regions().getFirst()));
    }

    @Override
    public void configure(WorldContext world) {
        int drifters = Integer.parseInt(world.options().getOrDefault("drifters", "0"));
        int turns = Integer.parseInt(world.options().getOrDefault("turns", "0"));
        Columns columns = new Columns(world);
        world.onJoin((cell, name, x, y, seed) ->
                cell.spawn(new Position(x, y, 0), new Velocity(0, 0), new Deeds(0, 0, 0, 0)));
        world.onGenesis(cell -> {
            for (int i = 0; i < drifters; i++) {
                spawnDrifter(cell);
            }
        });
        world.addSystem(Stage.INPUT, "steer", columns::steer);
        world.addSystem(Stage.SIMULATE, "turn", cell -> columns.turn(cell, turns));
        world.addSystem(Stage.SIMULATE, "integrate", columns::integrate);
        world.onMessage(ECHO_MESSAGE, (cell, avatar, payload) -> cell.send(avatar, ECHO_MESSAGE, payload));
    }

    private static void spawnDrifter(CellContext cell) {
        cell.spawn(
                new Position(cell.rng().nextFloat(-100, 100), cell.rng().nextFloat(-100, 100), 0),
                new Velocity(course(cell), course(cell)));
    }

    private static float course(CellContext cell) {
        return cell.rng().nextFloat(-SPEED_METRES_PER_SECOND, SPEED_METRES_PER_SECOND);
    }

    /** The columns that the systems touch. */
    private static final class Columns {
        private final Query moving;
        private final Query driven;
        private final Field x;
        private final Field y;
        private final Field vx;
        private final Field vy;
        private final Schema schema;

        private final boolean numbered;

        Columns(WorldContext world) {
            numbered = world.options().containsKey("numbered");
            schema = world.entities().schema();
            moving = world.entities().query(schema.type(Position.class), schema.type(Velocity.class));
            driven = world.entities().query(schema.type(Controls.class), schema.type(Deeds.class));
            x = schema.field(Position.class, "x");
            y = schema.field(Position.class, "y");
            vx = schema.field(Velocity.class, "x");
            vy = schema.field(Velocity.class, "y");
        }

        void steer(CellContext cell) {
            for (Table table : driven) {
                for (int row = 0; row < table.size(); row++) {
                    long avatar = table.entity(row);
                    Controls controls = cell.entities().get(avatar, schema.type(Controls.class));
                    Deeds deeds = cell.entities().get(avatar, schema.type(Deeds.class));
                    table.floats(vx).set(row, controls.moveX() * SPEED_METRES_PER_SECOND);
                    table.floats(vy).set(row, controls.moveY() * SPEED_METRES_PER_SECOND);
                    if (numbered && controls.aim() < deeds.lastAim()) {
                        throw new AssertionError("input " + controls.aim() + " is applied after " + deeds.lastAim());
                    }
                    boolean jumps = (controls.pressed() & BUTTON_JUMP) != 0;
                    if (jumps) {
                        Position at = cell.entities().get(avatar, schema.type(Position.class));
                        cell.emit(new Jumped(cell.idOf(avatar), at.x()), at.x(), at.y());
                    }
                    cell.entities()
                            .set(
                                    avatar,
                                    schema.type(Deeds.class),
                                    new Deeds(
                                            deeds.jumpCount() + (jumps ? 1 : 0),
                                            controls.aim(),
                                            deeds.inputCount() + (controls.aim() == deeds.lastAim() ? 0 : 1),
                                            deeds.heldSum() + controls.held()));
                }
            }
        }

        void turn(CellContext cell, int turns) {
            if (turns == 0) {
                return;
            }
            for (Table table : moving) {
                for (int row = 0; row < table.size(); row++) {
                    boolean avatar = driven.size() > 0 && table.has(schema.type(Deeds.class));
                    if (!avatar && cell.rng().nextInt(1000) < turns) {
                        table.floats(vx).set(row, course(cell));
                        table.floats(vy).set(row, course(cell));
                    }
                }
            }
        }

        void integrate(CellContext cell) {
            for (Table table : moving) {
                float[] xs = table.floats(x).write();
                float[] ys = table.floats(y).write();
                float[] vxs = table.floats(vx).read();
                float[] vys = table.floats(vy).read();
                for (int row = 0; row < table.size(); row++) {
                    xs[row] += vxs[row] * cell.dtSeconds();
                    ys[row] += vys[row] * cell.dtSeconds();
                }
            }
        }
    }
}
