package dev.terrane.postgres.inventory;

import dev.terrane.inventory.Asked;
import dev.terrane.inventory.InventoryLimits;
import dev.terrane.inventory.InventoryRules;
import dev.terrane.inventory.Ruling;
import dev.terrane.inventory.Stock;
import dev.terrane.postgres.service.OwnerCounts;
import dev.terrane.postgres.service.Service;
import dev.terrane.postgres.service.Writes;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/** One transaction of the inventory: the containers that wishes name are locked in the order of their numbers, read with all their slots, and written where they differ. */
final class InventoryService implements Service<Stock> {
    private static final OwnerCounts CONTAINER_COUNTS =
            new OwnerCounts("inventory.container", InventoryLimits.CONTAINERS_PER_CHARACTER_MAX);

    private final StockReader reader;
    private final StockWriter writer;
    private final InventoryRules rules;

    InventoryService(Declared declared, InventoryRules rules) {
        this.reader = new StockReader(declared);
        this.writer = new StockWriter(declared);
        this.rules = rules;
    }

    @Override
    public Stock open(Connection connection, List<Wish> wishes, long nowMillis) throws SQLException {
        SortedSet<String> addresses = new TreeSet<>();
        SortedSet<String> openers = new TreeSet<>();
        for (Wish wish : wishes) {
            addresses.addAll(InventoryRules.needs(wish.payload()));
            InventoryRules.opener(wish.payload()).ifPresent(openers::add);
        }
        Map<String, Integer> counts = openers.isEmpty() ? Map.of() : CONTAINER_COUNTS.lockAndCount(connection, openers);
        Stock stock = reader.read(connection, addresses, nowMillis);
        counts.forEach(stock::know);
        return stock;
    }

    @Override
    public Decision decide(Stock stock, Wish wish) {
        Ruling ruling = rules.decide(stock, Asked.by(wish.command()), wish.payload());
        return new Decision(ruling.result(), ruling.events(), List.of());
    }

    @Override
    public void write(Stock stock, Writes writes) {
        writer.write(stock, writes);
    }
}
