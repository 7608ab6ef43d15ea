package dev.terrane.bench.load.recovery;

import dev.terrane.command.CommandType;
import dev.terrane.ecs.Component;
import dev.terrane.ecs.ComponentType;
import dev.terrane.ecs.Field;
import dev.terrane.ecs.Query;
import dev.terrane.ecs.Replicated;
import dev.terrane.ecs.Table;
import dev.terrane.plugin.CellContext;
import dev.terrane.plugin.CommandOutcome;
import dev.terrane.plugin.Stage;
import dev.terrane.plugin.WorldContext;
import dev.terrane.plugin.WorldMap;
import dev.terrane.plugin.WorldPlugin;
import dev.terrane.plugin.WorldPosition;
import dev.terrane.plugin.kit.Heading;
import dev.terrane.plugin.kit.Nameplate;
import dev.terrane.plugin.kit.Position;
import dev.terrane.plugin.kit.Velocity;
import java.util.List;

/** Ships that fly about, each with a hull and a purse; commands pay into purses. */
record Purses(int shipCount) implements WorldPlugin {
    private static final float SIDE_METRES = 2_000;
    private static final float DT_SECONDS = 1f / 20;

    record Pay(long ship, long coins) {}

    @Component("bench.hull")
    record Hull(@Replicated int points, float armour, float charge, int kills) {}

    @Component("bench.purse")
    record Purse(long coins) {}

    static final CommandType<Pay> PAY = new CommandType<>("cmd.bench.pay", 1, Pay.class, (_, _) -> "region:0,0");

    @Override
    public String name() {
        return "purses";
    }

    @Override
    public List<Class<? extends Record>> components() {
        return List.of(Hull.class, Purse.class);
    }

    @Override
    public List<Class<? extends Record>> events() {
        return List.of();
    }

    @Override
    public List<CommandType<?>> commands() {
        return List.of(PAY);
    }

    @Override
    public WorldPosition entrance(WorldMap map, long characterSeed) {
        return new WorldPosition(0, 0);
    }

    @Override
    public void configure(WorldContext world) {
        ComponentType<Purse> purse = world.entities().schema().type(Purse.class);
        Query flying = world.entities()
                .query(
                        world.entities().schema().type(Position.class),
                        world.entities().schema().type(Velocity.class));
        Field x = world.entities().schema().field(Position.class, "x");
        Field speed = world.entities().schema().field(Velocity.class, "x");
        world.onJoin((cell, _, atX, atY, _) -> cell.spawn(new Position(atX, atY, 0)));
        world.onGenesis(this::begin);
        world.addSystem(Stage.SIMULATE, "flying", _ -> fly(flying, x, speed));
        world.onCommand(PAY, (cell, call) -> {
            long ship = cell.find(call.payload().ship());
            if (ship == 0) {
                return CommandOutcome.refused("NO_SHIP", "it is not here");
            }
            cell.entities()
                    .set(
                            ship,
                            purse,
                            new Purse(cell.entities().get(ship, purse).coins()
                                    + call.payload().coins()));
            return CommandOutcome.done(null, ship);
        });
    }

    private void begin(CellContext cell) {
        for (int i = 0; i < shipCount; i++) {
            cell.spawn(
                    new Position(
                            cell.rng().nextFloat(-SIDE_METRES / 2, SIDE_METRES / 2),
                            cell.rng().nextFloat(-SIDE_METRES / 2, SIDE_METRES / 2),
                            0),
                    new Velocity(cell.rng().nextFloat(-20, 20), 0),
                    new Heading(cell.rng().nextFloat(-3, 3)),
                    new Nameplate("ship " + i),
                    new Hull(100, 2.5f, 1, 0),
                    new Purse(0));
        }
    }

    private static void fly(Query flying, Field x, Field speed) {
        for (Table table : flying) {
            float[] at = table.floats(x).write();
            float[] by = table.floats(speed).read();
            for (int row = 0; row < table.size(); row++) {
                float next = at[row] + by[row] * DT_SECONDS;
                at[row] = next > SIDE_METRES / 2 || next < -SIDE_METRES / 2 ? -next / 2 : next;
            }
        }
    }
}
