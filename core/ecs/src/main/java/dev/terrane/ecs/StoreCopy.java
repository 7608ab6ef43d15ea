package dev.terrane.ecs;

import dev.terrane.base.StateHash;
import dev.terrane.bytes.ByteWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * The state of a store at one moment, to be hashed and written while the store goes on. Its arrays are kept from one {@link EntityStore#copy} to the
 * next, so that taking a copy is a copy of arrays and nothing else.
 *
 * <p>Not thread-safe: it belongs to the store's writer while it is filled, then to whoever it is handed to.
 */
public final class StoreCopy {
    private final Schema schema;
    private final Slots slots = new Slots();
    private final List<Table> tables = new ArrayList<>();

    public StoreCopy(Schema schema) {
        this.schema = schema;
    }

    void take(Schema of, Slots sourceSlots, List<Table> sourceTables) {
        if (of != schema) {
            throw new IllegalArgumentException("a copy of one schema cannot take the state of another");
        }
        slots.copyNames(sourceSlots);
        while (tables.size() > sourceTables.size()) {
            tables.removeLast();
        }
        for (int i = 0; i < sourceTables.size(); i++) {
            tableLike(sourceTables.get(i), i).copyAll(sourceTables.get(i));
        }
    }

    private Table tableLike(Table source, int index) {
        if (index == tables.size()) {
            tables.add(new Table(schema, source.componentMask(), index));
        } else if (tables.get(index).componentMask() != source.componentMask()) {
            tables.set(index, new Table(schema, source.componentMask(), index));
        }
        return tables.get(index);
    }

    /** As {@link EntityStore#hash} of the store at that moment. */
    public void hash(StateHash hash) {
        StoreFormat.hash(slots, tables, hash);
    }

    /** As {@link EntityStore#write} of the store at that moment. */
    public void write(ByteWriter out) {
        StoreFormat.write(schema, slots, tables, out);
    }
}
