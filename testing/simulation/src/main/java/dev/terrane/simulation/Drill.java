package dev.terrane.simulation;

import dev.terrane.ecs.Component;
import dev.terrane.ecs.Replicated;
import dev.terrane.plugin.CellContext;
import dev.terrane.plugin.Stage;
import dev.terrane.plugin.WorldContext;
import dev.terrane.plugin.WorldMap;
import dev.terrane.plugin.WorldPlugin;
import dev.terrane.plugin.WorldPosition;
import dev.terrane.plugin.kit.Position;
import dev.terrane.plugin.kit.Velocity;
import java.util.List;

/**
 * The game of the simulation: nothing but what can be counted. Entities walk, dash, swarm over borders and shoot; avatars log each input they are given.
 */
final class Drill implements WorldPlugin {
    /** How an entity moves. */
    enum Way {
        /** A random course, changed now and then. */
        WALK,
        /** There and back, all at the same ticks. */
        SHUTTLE,
        /** By its driver's inputs. */
        DRIVEN
    }

    /** @param period ticks between two changes of course */
    @Component("drill.course")
    record Course(int way, int period, float speed) {}

    /** The last tick in which it was simulated, and its ownership counter then. */
    @Component("drill.pulse")
    record Pulse(int tick, int ownership) {
        static final Pulse NONE = new Pulse(0, 0);
    }

    /**
     * What an avatar was told to do.
     *
     * @param lastSeq number of the last input: each says its own
     * @param skippedCount numbers that never came
     * @param pressedCount ticks with a button newly pressed
     */
    @Component("drill.diary")
    record Diary(int lastSeq, int appliedCount, int skippedCount, int pressedCount) {}

    /** Somebody who shoots. */
    @Component("drill.gun")
    record Gun(int shotCount) {}

    /** What an entity suffered; told to everybody who sees it. */
    @Component("drill.wounds")
    record Wounds(@Replicated int count) {}

    /** A shot on its way. @param number unique in the run */
    @Component("drill.bullet")
    record Bullet(long number, long shooter) {}

    /** Happens in every cell near. @param number unique in the run */
    @Component("drill.blast")
    record Blast(long number) {}

    /** Told where somebody was hit. */
    @Component("drill.bang")
    record Bang(@Replicated long number) {}

    private final Plan plan;
    private final Ledger ledger;

    Drill(Plan plan, Ledger ledger) {
        this.plan = plan;
        this.ledger = ledger;
    }

    @Override
    public String name() {
        return "drill";
    }

    @Override
    public List<Class<? extends Record>> components() {
        return List.of(Course.class, Pulse.class, Diary.class, Gun.class, Wounds.class);
    }

    @Override
    public List<Class<? extends Record>> events() {
        return List.of(Bang.class);
    }

    @Override
    public List<Class<? extends Record>> intents() {
        return List.of(Bullet.class, Blast.class);
    }

    @Override
    public WorldPosition entrance(WorldMap map, long characterSeed) {
        var regions = map.partition().regions();
        var region = regions.get((int) Long.remainderUnsigned(characterSeed, regions.size()));
        return new WorldPosition(
                map.partition().originX(region), map.partition().originY(region));
    }

    @Override
    public void configure(WorldContext world) {
        DrillMoves moves = new DrillMoves(world, plan, ledger);
        DrillShots shots = new DrillShots(world, plan, ledger);
        world.onJoin((cell, name, x, y, seed) -> cell.spawn(
                new Position(x, y, 0),
                new Velocity(0, 0),
                new Course(Way.DRIVEN.ordinal(), 0, seed % 3 == 0 ? 400 : 60),
                Pulse.NONE,
                new Diary(0, 0, 0, 0),
                new Wounds(0)));
        world.onGenesis(this::populate);
        world.addSystem(Stage.INPUT, "steer", moves::steer);
        world.addSystem(Stage.SIMULATE, "turn", moves::turn);
        world.addSystem(Stage.SIMULATE, "move", moves::move);
        world.addSystem(Stage.SIMULATE, "beat", new DrillPulse(world, ledger)::beat);
        world.addSystem(Stage.RESOLVE, "shoot", shots::shoot);
        world.onIntent(Bullet.class, shots::hit);
        world.onAreaIntent(Blast.class, shots::blast);
    }

    private void populate(CellContext cell) {
        Plan.Population population = plan.population();
        for (int i = 0; i < population.walkersPerRegion(); i++) {
            spawn(cell, Way.WALK, 20 + cell.rng().nextInt(60), cell.rng().nextFloat(5, 80), false);
        }
        for (int i = 0; i < population.dashersPerRegion(); i++) {
            spawn(cell, Way.WALK, 10 + cell.rng().nextInt(40), cell.rng().nextFloat(300, 3000), false);
        }
        for (int i = 0; i < population.shootersPerRegion(); i++) {
            spawn(cell, Way.WALK, 20 + cell.rng().nextInt(60), cell.rng().nextFloat(5, 80), true);
        }
        swarm(cell, population.swarmSize());
    }

    private static void spawn(CellContext cell, Way way, int period, float speed, boolean armed) {
        Position at = new Position(cell.rng().nextFloat(-60, 60), cell.rng().nextFloat(-60, 60), 0);
        Velocity velocity = DrillMoves.course(cell, speed);
        Course course = new Course(way.ordinal(), period, speed);
        if (armed) {
            cell.spawn(at, velocity, course, Pulse.NONE, new Wounds(0), new Gun(0));
        } else {
            cell.spawn(at, velocity, course, Pulse.NONE, new Wounds(0));
        }
    }

    /** Towards a neighbour and back: every region sends one, so two meet at each border. */
    private static void swarm(CellContext cell, int size) {
        var partition = cell.map().partition();
        var home = cell.cell().region();
        var neighbours = partition.neighbours(home);
        if (neighbours.isEmpty()) {
            return;
        }
        var to = neighbours.get(cell.rng().nextInt(neighbours.size()));
        double dx = partition.originX(to) - partition.originX(home);
        double dy = partition.originY(to) - partition.originY(home);
        int period = 20 + cell.rng().nextInt(20);
        float scale = (float) Plan.SIMULATION_HZ / period;
        for (int i = 0; i < size; i++) {
            cell.spawn(
                    new Position(cell.rng().nextFloat(-8, 8), cell.rng().nextFloat(-8, 8), 0),
                    new Velocity((float) dx * scale, (float) dy * scale),
                    new Course(Way.SHUTTLE.ordinal(), period, 0),
                    Pulse.NONE,
                    new Wounds(0));
        }
    }
}
