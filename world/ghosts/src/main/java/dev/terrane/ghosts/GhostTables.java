package dev.terrane.ghosts;

import dev.terrane.ecs.EntityStore;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The tables of a store by their index; null for those whose entities nobody can see. */
public final class GhostTables {
    private final GhostShape shape;
    private final EntityStore store;
    private @Nullable GhostTable[] tables = new GhostTable[16];
    private int count;

    GhostTables(GhostShape shape, EntityStore store) {
        this.shape = shape;
        this.store = store;
    }

    /** Learns new tables. */
    void refresh() {
        for (; count < store.tableCount(); count++) {
            if (count == tables.length) {
                tables = Arrays.copyOf(tables, count * 2);
            }
            if (shape.visible(store.table(count).componentMask())) {
                tables[count] = new GhostTable(shape, store.table(count));
            }
        }
    }

    int count() {
        return count;
    }

    @Nullable
    GhostTable at(int index) {
        return tables[index];
    }

    int indexOf(GhostTable table) {
        for (int i = 0; i < count; i++) {
            if (tables[i] == table) {
                return i;
            }
        }
        throw new IllegalArgumentException("a table of another store");
    }

    /** The one with exactly these components that travel; null if there is none yet. */
    @Nullable
    GhostTable withTravelling(long mask) {
        for (int i = 0; i < count; i++) {
            GhostTable table = tables[i];
            if (table != null && table.travelling == mask) {
                return table;
            }
        }
        return null;
    }

    /** The one that holds this entity, which must be visible. */
    @Nullable
    GhostTable of(long entity) {
        refresh();
        var table = store.tableOf(entity);
        for (int i = 0; i < count; i++) {
            GhostTable found = tables[i];
            if (found != null && found.table == table) {
                return found;
            }
        }
        return null;
    }
}
