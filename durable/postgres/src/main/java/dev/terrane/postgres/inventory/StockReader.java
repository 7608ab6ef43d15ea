package dev.terrane.postgres.inventory;

import dev.terrane.inventory.Container;
import dev.terrane.inventory.ContainerAddress;
import dev.terrane.inventory.Stack;
import dev.terrane.inventory.Stock;
import dev.terrane.postgres.service.SqlArrays;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/** Reads containers and what lies in them. Locked first: slots that are read after that stay as they are. */
final class StockReader {
    private static final String CONTAINERS = "SELECT id, address FROM inventory.container WHERE address = ANY (?)";
    private static final String LOCK = "SELECT container, first_number FROM inventory.lock_containers(?)";
    private static final String STACKS =
            "SELECT container, slot, item_type, amount, coalesce(item, 0) FROM inventory.stack WHERE container = ANY (?)";

    private final Declared declared;

    StockReader(Declared declared) {
        this.declared = declared;
    }

    Stock read(Connection connection, SortedSet<String> addresses, long nowMillis) throws SQLException {
        Map<Long, Container> containers = containers(connection, addresses);
        long[] ids = containers.keySet().stream().mapToLong(Long::longValue).toArray();
        long firstNumber = lock(connection, ids);
        Map<Long, SortedMap<Integer, Stack>> contents = new TreeMap<>();
        containers.keySet().forEach(id -> contents.put(id, new TreeMap<>()));
        try (PreparedStatement statement = connection.prepareStatement(STACKS)) {
            statement.setArray(1, SqlArrays.of(connection, ids));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    Stack stack = new Stack(declared.type(rows.getShort(3)), rows.getInt(4), rows.getLong(5));
                    contents.getOrDefault(rows.getLong(1), new TreeMap<>()).put(rows.getInt(2), stack);
                }
            }
        }
        Stock stock = new Stock(declared.types(), declared.kinds(), firstNumber, () -> nowMillis);
        containers.forEach((id, container) -> stock.know(container, contents.getOrDefault(id, new TreeMap<>())));
        return stock;
    }

    private Map<Long, Container> containers(Connection connection, SortedSet<String> addresses) throws SQLException {
        Map<Long, Container> found = new TreeMap<>();
        try (PreparedStatement statement = connection.prepareStatement(CONTAINERS)) {
            statement.setArray(1, SqlArrays.of(connection, addresses.toArray(String[]::new)));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    Container container = container(rows.getLong(1), rows.getString(2));
                    found.put(container.id(), container);
                }
            }
        }
        return found;
    }

    private Container container(long id, String text) {
        ContainerAddress address = ContainerAddress.parse(text)
                .orElseThrow(() -> new IllegalStateException("the books have a container called " + text));
        return new Container(id, text, address.owner(), declared.kind(address.kind()));
    }

    private static long lock(Connection connection, long[] ids) throws SQLException {
        long firstNumber = 0;
        try (PreparedStatement statement = connection.prepareStatement(LOCK)) {
            statement.setArray(1, SqlArrays.of(connection, ids));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    firstNumber = Math.max(firstNumber, rows.getLong(2));
                }
            }
        }
        return firstNumber;
    }
}
