package dev.terrane.postgres.inventory;

import dev.terrane.inventory.Container;
import dev.terrane.inventory.Movement;
import dev.terrane.inventory.Stack;
import dev.terrane.inventory.Stock;
import dev.terrane.postgres.service.Writes;
import java.sql.Timestamp;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes what became of a stock: one statement per table, however many rows. A slot that changes is emptied and filled anew, so that items may change places. */
final class StockWriter {
    private static final String OPENED = """
            INSERT INTO inventory.container (id, address, owner, kind, slot_count)
            SELECT * FROM unnest(?::bigint[], ?::text[], ?::text[], ?::smallint[], ?::smallint[])""";
    private static final String MOVED = """
            INSERT INTO inventory.movement (id, transaction, item_type, amount, item, from_container, to_container, key, reference, at)
            SELECT id, transaction, item_type, amount, nullif(item, 0), nullif(from_container, 0), nullif(to_container, 0), key, nullif(reference, ''), ?
            FROM unnest(?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bytea[], ?::text[])
                AS t (id, transaction, item_type, amount, item, from_container, to_container, key, reference)""";
    private static final String EMPTIED = """
            DELETE FROM inventory.stack s USING unnest(?::bigint[], ?::bigint[]) AS t (container, slot)
            WHERE s.container = t.container AND s.slot = t.slot""";
    private static final String FILLED = """
            INSERT INTO inventory.stack (container, slot, slot_count, item_type, stack_max, is_unique, amount, item)
            SELECT t.container, t.slot, t.slot_count, i.id, i.stack_max, i.is_unique, t.amount, nullif(t.item, 0)
            FROM unnest(?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[])
                AS t (container, slot, slot_count, item_type, amount, item)
            JOIN inventory.item_type i ON i.id = t.item_type""";

    private final Declared declared;

    StockWriter(Declared declared) {
        this.declared = declared;
    }

    void write(Stock stock, Writes writes) {
        if (!stock.opened().isEmpty()) {
            opened(stock.opened(), writes);
        }
        if (!stock.moved().isEmpty()) {
            moved(stock.moved(), writes);
        }
        List<Stock.Change> changes = stock.changes();
        if (!changes.isEmpty()) {
            emptied(changes, writes);
            filled(changes, writes);
        }
    }

    private void opened(List<Container> opened, Writes writes) {
        int count = opened.size();
        long[] ids = new long[count];
        String[] addresses = new String[count];
        String[] owners = new String[count];
        short[] kinds = new short[count];
        short[] slotCounts = new short[count];
        for (int i = 0; i < count; i++) {
            Container container = opened.get(i);
            ids[i] = container.id();
            addresses[i] = container.address();
            owners[i] = container.owner();
            kinds[i] = declared.id(container.kind());
            slotCounts[i] = (short) container.kind().slotCount();
        }
        writes.add(OPENED, ids, addresses, owners, kinds, slotCounts);
    }

    private void moved(List<Movement> moved, Writes writes) {
        int count = moved.size();
        long[][] numbers = new long[7][count];
        byte[][] keys = new byte[count][];
        String[] references = new String[count];
        for (int i = 0; i < count; i++) {
            Movement movement = moved.get(i);
            numbers[0][i] = movement.id();
            numbers[1][i] = movement.transaction();
            numbers[2][i] = declared.id(movement.goods().type());
            numbers[3][i] = movement.goods().amount();
            numbers[4][i] = movement.goods().item();
            numbers[5][i] = id(movement.from());
            numbers[6][i] = id(movement.to());
            keys[i] = movement.cause().key().bytes();
            references[i] = movement.cause().reference();
        }
        writes.add(
                MOVED,
                new Timestamp(moved.getFirst().cause().atMillis()),
                numbers[0],
                numbers[1],
                numbers[2],
                numbers[3],
                numbers[4],
                numbers[5],
                numbers[6],
                keys,
                references);
    }

    private static void emptied(List<Stock.Change> changes, Writes writes) {
        long[][] slots = new long[2][changes.size()];
        for (int i = 0; i < changes.size(); i++) {
            slots[0][i] = changes.get(i).container().id();
            slots[1][i] = changes.get(i).slot();
        }
        writes.add(EMPTIED, (Object[]) slots);
    }

    private void filled(List<Stock.Change> changes, Writes writes) {
        List<Stock.Change> full =
                changes.stream().filter(change -> change.stack() != null).toList();
        if (full.isEmpty()) {
            return;
        }
        long[][] rows = new long[6][full.size()];
        for (int i = 0; i < full.size(); i++) {
            Stock.Change change = full.get(i);
            Stack stack = change.stack();
            if (stack != null) {
                rows[0][i] = change.container().id();
                rows[1][i] = change.slot();
                rows[2][i] = change.container().kind().slotCount();
                rows[3][i] = declared.id(stack.type());
                rows[4][i] = stack.amount();
                rows[5][i] = stack.item();
            }
        }
        writes.add(FILLED, (Object[]) rows);
    }

    private static long id(@Nullable Container container) {
        return container == null ? 0 : container.id();
    }
}
