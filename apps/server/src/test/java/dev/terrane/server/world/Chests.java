package dev.terrane.server.world;

import dev.terrane.command.CommandType;
import dev.terrane.command.Expiring;
import dev.terrane.ecs.Component;
import dev.terrane.ecs.ComponentType;
import dev.terrane.ecs.Query;
import dev.terrane.ecs.Table;
import dev.terrane.plugin.CellContext;
import dev.terrane.plugin.CommandOutcome;
import dev.terrane.plugin.WorldContext;
import dev.terrane.plugin.WorldMap;
import dev.terrane.plugin.WorldPlugin;
import dev.terrane.plugin.WorldPosition;
import dev.terrane.plugin.kit.Position;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A game with one chest per region, into which commands put coins. 13 coins at once are too many for it. */
final class Chests implements WorldPlugin {
    record Put(int region, long coins, @Nullable Long notAfterMillis) implements Expiring {
        Put(int region, long coins) {
            this(region, coins, null);
        }
    }

    record Greet(String word) {}

    record Balance(long coins) {}

    /** No codec can write it. */
    record Riddle(Object answer) {}

    @Component("test.chest")
    record Chest(long coins) {}

    static final CommandType<Put> PUT =
            new CommandType<>("cmd.chests.put", 1, Put.class, (put, _) -> "region:" + put.region() + ",0");
    static final CommandType<Greet> GREET =
            new CommandType<>("cmd.chests.greet", 1, Greet.class, (_, client) -> client);

    @Override
    public String name() {
        return "chests";
    }

    @Override
    public List<Class<? extends Record>> components() {
        return List.of(Chest.class);
    }

    @Override
    public List<Class<? extends Record>> events() {
        return List.of();
    }

    @Override
    public List<CommandType<?>> commands() {
        return List.of(PUT, GREET);
    }

    @Override
    public WorldPosition entrance(WorldMap map, long characterSeed) {
        return new WorldPosition(0, 0);
    }

    @Override
    public void configure(WorldContext world) {
        ComponentType<Chest> type = world.entities().schema().type(Chest.class);
        Query chests = world.entities().query(type);
        world.onJoin((cell, _, x, y, _) -> cell.spawn(new Position(x, y, 0)));
        world.onGenesis(cell -> cell.spawn(new Position(1, 1, 0), new Chest(0)));
        world.onCommand(PUT, (cell, call) -> put(cell, type, chests, call.payload()));
        world.onCommand(GREET, (_, call) -> CommandOutcome.done(call.payload()));
    }

    private static CommandOutcome put(CellContext cell, ComponentType<Chest> type, Query chests, Put put) {
        for (Table table : chests) {
            for (int row = 0; row < table.size(); row++) {
                long chest = table.entity(row);
                Chest filled = new Chest(cell.entities().get(chest, type).coins() + put.coins());
                cell.entities().set(chest, type, filled);
                if (put.coins() == 13) {
                    throw new IllegalStateException("13 are too many");
                }
                return CommandOutcome.done(put.coins() == 17 ? new Riddle(chest) : new Balance(filled.coins()), chest);
            }
        }
        return CommandOutcome.refused("NO_CHEST", "this region has no chest");
    }
}
