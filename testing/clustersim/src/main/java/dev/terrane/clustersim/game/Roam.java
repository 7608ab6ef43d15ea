package dev.terrane.clustersim.game;

import dev.terrane.command.CommandType;
import dev.terrane.ecs.Component;
import dev.terrane.ecs.ComponentType;
import dev.terrane.plugin.CellContext;
import dev.terrane.plugin.CommandCall;
import dev.terrane.plugin.CommandOutcome;
import dev.terrane.plugin.Stage;
import dev.terrane.plugin.WorldContext;
import dev.terrane.plugin.WorldMap;
import dev.terrane.plugin.WorldPlugin;
import dev.terrane.plugin.WorldPosition;
import dev.terrane.plugin.kit.Position;
import dev.terrane.plugin.kit.Velocity;
import java.util.List;

/** The game. */
public final class Roam implements WorldPlugin {
    /** Metres per second of an avatar. */
    public static final float AVATAR_SPEED = 120;

    public static final float WALKER_SPEED_MAX = 200;

    /**
     * Somebody who walks by himself.
     *
     * @param number unique in the world, from 1
     * @param period ticks between two changes of course
     */
    @Component("roam.walk")
    record Walk(int number, int period, float speed) {}

    /**
     * What an avatar was told to do.
     *
     * @param lastSeq number of the last input: each says its own
     */
    @Component("roam.diary")
    record Diary(int lastSeq, int appliedCount) {}

    private final int walkersPerRegion;
    private final GameEar ear;

    public Roam(int walkersPerRegion, GameEar ear) {
        this.walkersPerRegion = walkersPerRegion;
        this.ear = ear;
    }

    @Override
    public String name() {
        return "roam";
    }

    @Override
    public List<Class<? extends Record>> components() {
        return List.of(Walk.class, Diary.class, Purse.class);
    }

    @Override
    public List<CommandType<?>> commands() {
        return List.of(Pay.TYPE);
    }

    @Override
    public List<Class<? extends Record>> events() {
        return List.of();
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
        RoamMoves moves = new RoamMoves(world, ear);
        world.onJoin((cell, name, x, y, seed) ->
                cell.spawn(new Position(x, y, 0), new Velocity(0, 0), new Diary(0, 0), Purse.EMPTY));
        ComponentType<Purse> purses = world.entities().schema().type(Purse.class);
        world.onCommand(Pay.TYPE, (cell, call) -> pay(cell, call, purses));
        world.onGenesis(this::populate);
        world.addSystem(Stage.INPUT, "steer", moves::steer);
        world.addSystem(Stage.SIMULATE, "turn", moves::turn);
        world.addSystem(Stage.SIMULATE, "move", moves::move);
        world.addSystem(Stage.REPLICATE, "report", new RoamCensus(world, ear)::report);
    }

    private static CommandOutcome pay(CellContext cell, CommandCall<Pay> call, ComponentType<Purse> purses) {
        Purse before = cell.entities().get(call.avatar(), purses);
        Purse now =
                new Purse(before.count() + 1, before.coins() + call.payload().coins());
        cell.entities().set(call.avatar(), purses, now);
        Receipt receipt = new Receipt(cell.idOf(call.avatar()), now.count(), now.coins());
        return CommandOutcome.done(receipt, call.avatar());
    }

    private void populate(CellContext cell) {
        int region = cell.map().partition().regions().indexOf(cell.cell().region());
        for (int i = 0; i < walkersPerRegion; i++) {
            float speed = cell.rng().nextFloat(20, WALKER_SPEED_MAX);
            cell.spawn(
                    new Position(cell.rng().nextFloat(-60, 60), cell.rng().nextFloat(-60, 60), 0),
                    RoamMoves.course(cell, speed),
                    new Walk(region * walkersPerRegion + i + 1, 10 + cell.rng().nextInt(40), speed));
        }
    }
}
