package dev.terrane.server.world;

import dev.terrane.base.RegionId;
import dev.terrane.command.CommandType;
import dev.terrane.ecs.Component;
import dev.terrane.ecs.ComponentType;
import dev.terrane.ecs.Query;
import dev.terrane.ecs.Table;
import dev.terrane.plugin.CellContext;
import dev.terrane.plugin.CommandOutcome;
import dev.terrane.plugin.Stage;
import dev.terrane.plugin.WorldContext;
import dev.terrane.plugin.WorldMap;
import dev.terrane.plugin.WorldPlugin;
import dev.terrane.plugin.WorldPosition;
import dev.terrane.plugin.kit.Position;
import java.util.List;
import java.util.Map;

/** A game with one porter, born in the first region. Whoever gives him something sends him over the border in the same tick. */
final class Porters implements WorldPlugin {
    record Load(int region, long coins) {}

    record Loaded(long coins) {}

    @Component("test.purse")
    record Purse(long coins) {}

    static final CommandType<Load> LOAD =
            new CommandType<>("cmd.porters.load", 1, Load.class, (load, _) -> "region:" + load.region() + ",0");
    private static final float BEYOND_THE_BORDER = 200;

    private final Map<RegionId, Long> seen;

    /** @param seen of each region what its porter carries; nothing without one. Any thread may read it */
    Porters(Map<RegionId, Long> seen) {
        this.seen = seen;
    }

    @Override
    public String name() {
        return "porters";
    }

    @Override
    public List<Class<? extends Record>> components() {
        return List.of(Purse.class);
    }

    @Override
    public List<Class<? extends Record>> events() {
        return List.of();
    }

    @Override
    public List<CommandType<?>> commands() {
        return List.of(LOAD);
    }

    @Override
    public WorldPosition entrance(WorldMap map, long characterSeed) {
        return new WorldPosition(0, 0);
    }

    @Override
    public void configure(WorldContext world) {
        ComponentType<Purse> purse = world.entities().schema().type(Purse.class);
        Query porters = world.entities().query(purse);
        world.onJoin((cell, _, x, y, _) -> cell.spawn(new Position(x, y, 0)));
        world.onGenesis(cell -> {
            if (cell.cell().region().equals(RegionId.ORIGIN)) {
                cell.spawn(new Position(1, 1, 0), new Purse(0));
            }
        });
        world.onCommand(LOAD, (cell, call) -> {
            long porter = porter(porters);
            if (porter == 0) {
                return CommandOutcome.refused("NO_PORTER", "nobody is here");
            }
            Purse filled = new Purse(
                    cell.entities().get(porter, purse).coins() + call.payload().coins());
            cell.entities().set(porter, purse, filled);
            boolean isSentAway = call.payload().region() == 0 && call.payload().coins() > 0;
            if (isSentAway) {
                cell.entities()
                        .set(
                                porter,
                                cell.entities().schema().type(Position.class),
                                new Position(BEYOND_THE_BORDER, 1, 0));
            }
            // Whom it sends away is not named: whoever is named stays until that is durable.
            return isSentAway
                    ? CommandOutcome.done(new Loaded(filled.coins()))
                    : CommandOutcome.done(new Loaded(filled.coins()), porter);
        });
        world.addSystem(Stage.SIMULATE, "see", cell -> see(cell, porters, purse));
    }

    private void see(CellContext cell, Query porters, ComponentType<Purse> purse) {
        long porter = porter(porters);
        if (porter == 0) {
            seen.remove(cell.cell().region());
        } else {
            seen.put(cell.cell().region(), cell.entities().get(porter, purse).coins());
        }
    }

    private static long porter(Query porters) {
        for (Table table : porters) {
            if (table.size() > 0) {
                return table.entity(0);
            }
        }
        return 0;
    }
}
