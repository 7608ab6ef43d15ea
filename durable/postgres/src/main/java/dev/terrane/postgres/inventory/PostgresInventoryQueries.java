package dev.terrane.postgres.inventory;

import dev.terrane.inventory.InventoryQueries;
import dev.terrane.inventory.ItemType;
import dev.terrane.postgres.Database;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;

/** Reads what the service has written, with the service's own rights. */
final class PostgresInventoryQueries implements InventoryQueries {
    private static final int ROW_COUNT_MAX = 1_000;
    private static final int CONTAINER_COUNT_MAX = 64;
    private static final String CONTENTS = """
            SELECT c.address, k.code, c.slot_count, s.slot, s.item_type, s.amount, coalesce(s.item, 0)
            FROM (SELECT * FROM inventory.container WHERE owner = :owner ORDER BY address LIMIT :count) AS c
            JOIN inventory.container_kind k ON k.id = c.kind
            LEFT JOIN inventory.stack s ON s.container = c.id
            ORDER BY c.address, s.slot""";
    private static final String HISTORY = """
            WITH mine AS (SELECT id FROM inventory.container WHERE address = :container), newest AS (
                (SELECT m.id FROM inventory.movement m WHERE from_container = (SELECT id FROM mine) AND m.id < :before
                 ORDER BY m.id DESC LIMIT :count)
                UNION ALL
                (SELECT m.id FROM inventory.movement m WHERE to_container = (SELECT id FROM mine) AND m.id < :before
                 ORDER BY m.id DESC LIMIT :count)
                ORDER BY id DESC LIMIT :count)
            SELECT m.id, m.transaction, m.item_type, m.amount, coalesce(m.item, 0), coalesce(f.address, ''), coalesce(t.address, ''),
                   coalesce(m.reference, ''), (extract(epoch FROM m.at) * 1000)::bigint
            FROM newest JOIN inventory.movement m ON m.id = newest.id
            LEFT JOIN inventory.container f ON f.id = m.from_container LEFT JOIN inventory.container t ON t.id = m.to_container
            ORDER BY m.id DESC""";
    private static final String TOTALS = """
            SELECT i.code,
                   (SELECT coalesce(sum(amount), 0) FROM inventory.movement m WHERE m.item_type = i.id AND m.from_container IS NULL),
                   (SELECT coalesce(sum(amount), 0) FROM inventory.movement m WHERE m.item_type = i.id AND m.to_container IS NULL),
                   (SELECT coalesce(sum(amount), 0) FROM inventory.stack s WHERE s.item_type = i.id)
            FROM inventory.item_type i ORDER BY i.code""";
    private static final String DIFFERING = """
            WITH moved AS (
                SELECT container, item_type, sum(amount) AS amount
                FROM (SELECT from_container AS container, item_type, -amount::bigint AS amount FROM inventory.movement
                      UNION ALL SELECT to_container, item_type, amount FROM inventory.movement) AS side
                WHERE container IS NOT NULL GROUP BY 1, 2
            ), lies AS (
                SELECT container, item_type, sum(amount) AS amount FROM inventory.stack GROUP BY 1, 2
            )
            SELECT DISTINCT c.address
            FROM moved FULL JOIN lies USING (container, item_type) JOIN inventory.container c ON c.id = container
            WHERE coalesce(moved.amount, 0) <> coalesce(lies.amount, 0)
            ORDER BY 1 LIMIT 100""";

    private final Database database;
    private final Declared declared;

    PostgresInventoryQueries(Database database, Declared declared) {
        this.database = database;
        this.declared = declared;
    }

    @Override
    public List<ItemType> itemTypes() {
        return List.copyOf(declared.types().values());
    }

    @Override
    public List<View> containers(String owner) {
        return database.call("read containers", handle -> {
            Map<String, View> views = new LinkedHashMap<>();
            handle.createQuery(CONTENTS)
                    .bind("owner", owner)
                    .bind("count", CONTAINER_COUNT_MAX)
                    .map((row, _) -> {
                        View fresh = new View(row.getString(1), row.getString(2), row.getInt(3), new ArrayList<>());
                        View view = views.computeIfAbsent(fresh.container(), _ -> fresh);
                        int slot = row.getInt(4);
                        if (!row.wasNull()) {
                            view.slots()
                                    .add(new SlotView(
                                            slot,
                                            declared.type(row.getShort(5)).code(),
                                            row.getInt(6),
                                            row.getLong(7)));
                        }
                        return true;
                    })
                    .list();
            return List.copyOf(views.values());
        });
    }

    @Override
    public List<Entry> history(String container, long before, int countMax) {
        return database.call(
                "read a history",
                handle -> handle.createQuery(HISTORY)
                        .bind("container", container)
                        .bind("before", before)
                        .bind("count", Math.clamp(countMax, 1, ROW_COUNT_MAX))
                        .map((row, _) -> new Entry(
                                row.getLong(1),
                                row.getLong(2),
                                declared.type(row.getShort(3)).code(),
                                row.getInt(4),
                                row.getLong(5),
                                row.getString(6),
                                row.getString(7),
                                row.getString(8),
                                row.getLong(9)))
                        .list());
    }

    @Override
    public Audit audit() {
        return database.call(
                "audit the goods",
                handle -> handle.inTransaction(
                        // One moment for both questions; and it may take its time.
                        TransactionIsolationLevel.REPEATABLE_READ, snapshot -> {
                            snapshot.execute("SET LOCAL statement_timeout = 0");
                            return new Audit(
                                    snapshot.createQuery(TOTALS)
                                            .map((row, _) -> new Total(
                                                    row.getString(1), row.getLong(2), row.getLong(3), row.getLong(4)))
                                            .list(),
                                    snapshot.createQuery(DIFFERING)
                                            .mapTo(String.class)
                                            .list());
                        }));
    }
}
