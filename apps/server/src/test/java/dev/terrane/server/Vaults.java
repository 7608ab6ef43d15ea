package dev.terrane.server;

import dev.terrane.command.CommandType;
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

/** A game with one vault per region, into which commands put coins. */
final class Vaults implements WorldPlugin {
    record Put(int region, long coins) {}

    record Greet(String word) {}

    record Balance(long coins) {}

    @Component("test.vault")
    record Vault(long coins) {}

    static final CommandType<Put> PUT =
            new CommandType<>("cmd.vaults.put", 1, Put.class, (put, _) -> "region:" + put.region() + ",0");
    static final CommandType<Greet> GREET =
            new CommandType<>("cmd.vaults.greet", 1, Greet.class, (_, client) -> client);

    @Override
    public String name() {
        return "vaults";
    }

    @Override
    public List<Class<? extends Record>> components() {
        return List.of(Vault.class);
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
        ComponentType<Vault> type = world.entities().schema().type(Vault.class);
        Query vaults = world.entities().query(type);
        world.onJoin((cell, _, x, y, _) -> cell.spawn(new Position(x, y, 0)));
        world.onGenesis(cell -> cell.spawn(new Position(1, 1, 0), new Vault(0)));
        world.onCommand(PUT, (cell, call) -> put(cell, type, vaults, call.payload()));
        world.onCommand(GREET, (_, call) -> CommandOutcome.done(call.payload()));
    }

    private static CommandOutcome put(CellContext cell, ComponentType<Vault> type, Query vaults, Put put) {
        for (Table table : vaults) {
            for (int row = 0; row < table.size(); row++) {
                long vault = table.entity(row);
                Vault filled = new Vault(cell.entities().get(vault, type).coins() + put.coins());
                cell.entities().set(vault, type, filled);
                return CommandOutcome.done(new Balance(filled.coins()), vault);
            }
        }
        return CommandOutcome.refused("NO_VAULT", "this region has no vault");
    }
}
