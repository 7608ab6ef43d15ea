package dev.terrane.simulation.books;

import dev.terrane.command.CommandCatalogue;
import dev.terrane.command.CommandType;
import dev.terrane.economy.EconomyCommands;
import dev.terrane.inventory.InventoryCommands;
import dev.terrane.json.JsonPayloads;
import dev.terrane.trade.TradeCommands;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The one database: what stands here survives everybody. */
final class Store {
    static final JsonPayloads CODEC = new JsonPayloads();
    static final CommandCatalogue CATALOGUE = new CommandCatalogue(types(), CODEC);

    final LaneTables lanes;
    final CellTables cells;
    final EconomyDesk economy;
    final InventoryDesk inventory;
    final TradeDesk trade;
    private final Map<String, ServiceTables> services = new LinkedHashMap<>();

    Store(int partitionCount, long laneCountMax, Poison poison, BooksSabotage sabotage) {
        lanes = new LaneTables(partitionCount, laneCountMax, sabotage);
        cells = new CellTables(lanes, sabotage);
        economy = new EconomyDesk(CODEC);
        inventory = new InventoryDesk(CODEC);
        trade = new TradeDesk(CODEC, sabotage);
        services.put("economy", new ServiceTables("economy", economy, CATALOGUE, poison, sabotage));
        services.put("inventory", new ServiceTables("inventory", inventory, CATALOGUE, poison, sabotage));
        services.put("trade", new ServiceTables("trade", trade, CATALOGUE, poison, sabotage));
    }

    private static List<CommandType<?>> types() {
        List<CommandType<?>> types = new ArrayList<>();
        types.addAll(EconomyCommands.ALL);
        types.addAll(InventoryCommands.ALL);
        types.addAll(TradeCommands.ALL);
        types.add(Hoard.PUT);
        types.add(Hoard.DELIVER);
        return types;
    }

    ServiceTables service(String name) {
        return Objects.requireNonNull(services.get(name), name);
    }

    Iterable<ServiceTables> services() {
        return services.values();
    }

    /** All that pass on what they hold. */
    List<Outbox> outboxes() {
        List<Outbox> all = new ArrayList<>();
        services.values().forEach(service -> all.add(service.outbox));
        all.add(cells.outbox);
        return all;
    }
}
