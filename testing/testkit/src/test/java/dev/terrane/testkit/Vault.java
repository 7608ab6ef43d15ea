package dev.terrane.testkit;

import dev.terrane.base.RegionId;
import dev.terrane.command.CellKey;
import dev.terrane.command.CommandType;
import dev.terrane.ecs.Component;
import dev.terrane.ecs.ComponentType;
import dev.terrane.plugin.CommandOutcome;
import dev.terrane.plugin.WorldContext;
import dev.terrane.plugin.WorldMap;
import dev.terrane.plugin.WorldPlugin;
import dev.terrane.plugin.WorldPosition;
import dev.terrane.plugin.kit.Position;
import java.util.List;

/** A game of boxes with coins, which stand somewhere, move from cell to cell, and must never lose or double a coin. */
final class Vault implements WorldPlugin {
    record Make(int a, int b, long coins) {}

    record Fill(int a, int b, long box, long coins) {}

    record Burn(int a, int b, long box) {}

    record Box(long id) {}

    @Component("test.box")
    record Coins(long count) {}

    static final CommandType<Make> MAKE =
            new CommandType<>("cmd.vault.make", 1, Make.class, (make, _) -> key(make.a(), make.b()));
    static final CommandType<Fill> FILL =
            new CommandType<>("cmd.vault.fill", 1, Fill.class, (fill, _) -> key(fill.a(), fill.b()));
    static final CommandType<Burn> BURN =
            new CommandType<>("cmd.vault.burn", 1, Burn.class, (burn, _) -> key(burn.a(), burn.b()));

    private static String key(int a, int b) {
        return new CellKey.OfRegion(new RegionId(a, b)).toString();
    }

    @Override
    public String name() {
        return "vault";
    }

    @Override
    public List<Class<? extends Record>> components() {
        return List.of(Coins.class);
    }

    @Override
    public List<Class<? extends Record>> events() {
        return List.of();
    }

    @Override
    public List<CommandType<?>> commands() {
        return List.of(MAKE, FILL, BURN);
    }

    @Override
    public WorldPosition entrance(WorldMap map, long characterSeed) {
        return new WorldPosition(100, 0);
    }

    @Override
    public void configure(WorldContext world) {
        ComponentType<Coins> coins = world.entities().schema().type(Coins.class);
        world.onJoin((cell, _, x, y, _) -> cell.spawn(new Position(x, y, 0)));
        world.onCommand(MAKE, (cell, call) -> {
            long box =
                    cell.spawn(new Position(0, 0, 0), new Coins(call.payload().coins()));
            return CommandOutcome.done(new Box(cell.idOf(box)), box);
        });
        world.onCommand(FILL, (cell, call) -> {
            long box = cell.find(call.payload().box());
            if (box == 0) {
                return CommandOutcome.refused("ELSEWHERE", "ask where it is");
            }
            long before = cell.entities().get(box, coins).count();
            cell.entities().set(box, coins, new Coins(before + call.payload().coins()));
            return CommandOutcome.done(null, box);
        });
        world.onCommand(BURN, (cell, call) -> {
            long box = cell.find(call.payload().box());
            if (box == 0) {
                return CommandOutcome.refused("ELSEWHERE", "ask where it is");
            }
            cell.despawn(box);
            return CommandOutcome.done(null, box);
        });
    }
}
