package dev.terrane.cell;

import dev.terrane.base.EntityId;
import dev.terrane.base.LongLongMap;
import dev.terrane.ecs.EntityStore;
import dev.terrane.ecs.Table;
import dev.terrane.plugin.kit.Avatar;
import dev.terrane.plugin.kit.Identity;
import java.util.Arrays;
import java.util.function.LongConsumer;

/**
 * Who lives in the cell: the store, and the two names of each entity. The handle is the store's and ends with the entity's stay, the
 * id is for ever.
 *
 * <p>Ids are given when a spawn is asked for; {@link #find} knows an entity from the {@link #settle} that carries the spawn out.
 */
final class Population {
    /** Ownership counter of an entity that has never changed its cell. */
    static final int OWNERSHIP_FIRST = 1;

    final EntityStore store;
    final KitFields kit;

    private final int incarnation;
    private final LongLongMap handles = new LongLongMap();
    private int mintedCount;
    private long[] idBySlot = new long[256];
    private long[] handleBySlot = new long[256];
    private long[] newcomers = new long[64];
    private int newcomerCount;
    private int removedSeen;

    Population(EntityStore store, int incarnation) {
        this.store = store;
        this.kit = new KitFields(store.schema());
        this.incarnation = incarnation;
    }

    int mintedCount() {
        return mintedCount;
    }

    /** Goes on counting where an image stopped; only under the incarnation that minted them. */
    void restoreMinted(int count) {
        mintedCount = count;
    }

    /** Asks for an entity with a new id. */
    long spawn(Record... components) {
        for (Record component : components) {
            if (component instanceof Identity || component instanceof Avatar) {
                throw new IllegalArgumentException(
                        component.getClass().getSimpleName() + " is added by the cell; leave it out of spawn");
            }
        }
        long id = mint();
        Record[] all = Arrays.copyOf(components, components.length + 1);
        all[components.length] = new Identity(id, OWNERSHIP_FIRST, Identity.BORN_HERE);
        return register(store.spawn(all), id);
    }

    /** Names an entity that the store was asked for and that has an id already: it came from another cell. */
    long register(long handle, long id) {
        int slot = EntityStore.slot(handle);
        if (slot >= idBySlot.length) {
            int size = Math.max(slot + 1, idBySlot.length * 2);
            idBySlot = Arrays.copyOf(idBySlot, size);
            handleBySlot = Arrays.copyOf(handleBySlot, size);
        }
        idBySlot[slot] = id;
        handleBySlot[slot] = handle;
        if (newcomerCount == newcomers.length) {
            newcomers = Arrays.copyOf(newcomers, newcomerCount * 2);
        }
        newcomers[newcomerCount++] = handle;
        return handle;
    }

    /** The entity's id, or 0 for one that is dead or another store's. */
    long idOf(long handle) {
        int slot = EntityStore.slot(handle);
        return slot >= 0 && slot < handleBySlot.length && handleBySlot[slot] == handle ? idBySlot[slot] : EntityId.NONE;
    }

    /** Its ownership counter; the entity must be alive and have an identity. */
    int ownershipOf(long handle) {
        return store.tableOf(handle).ints(kit.ownership).get(store.rowOf(handle));
    }

    /** The handle of the entity with this id, or 0. */
    long find(long id) {
        return id == EntityId.NONE ? 0 : handles.get(id);
    }

    /** Carries out what was asked of the store and learns who came and went. {@code gone} is told each handle that died. */
    void settle(LongConsumer gone) {
        settleOnce(gone);
        if (adoptNameless()) {
            settleOnce(gone);
        }
    }

    private void settleOnce(LongConsumer gone) {
        store.flush();
        for (int i = 0; i < newcomerCount; i++) {
            long handle = newcomers[i];
            if (store.alive(handle)) {
                handles.put(idBySlot[EntityStore.slot(handle)], handle);
            }
        }
        newcomerCount = 0;
        while (removedSeen < store.removedCount()) {
            bury(store.removed()[removedSeen++], gone);
        }
    }

    private void bury(long handle, LongConsumer gone) {
        int slot = EntityStore.slot(handle);
        if (slot >= handleBySlot.length || handleBySlot[slot] != handle) {
            return; // spawned and killed by a plugin behind the cell's back: nobody ever knew it
        }
        gone.accept(handle);
        handles.remove(idBySlot[slot]);
        handleBySlot[slot] = 0;
        idBySlot[slot] = EntityId.NONE;
    }

    /** A plugin may spawn through the store itself; such entities get their id here. */
    private boolean adoptNameless() {
        boolean adopted = false;
        for (int t = 0; t < store.tableCount(); t++) {
            Table table = store.table(t);
            if (table.size() == 0 || table.has(kit.identity)) {
                continue;
            }
            for (int row = 0; row < table.size(); row++) {
                long id = mint();
                store.attach(table.entity(row), new Identity(id, OWNERSHIP_FIRST, Identity.BORN_HERE));
                register(table.entity(row), id);
            }
            adopted = true;
        }
        return adopted;
    }

    /** Call after the store's change marks, and with them its list of deaths, were cleared. */
    void changesCleared() {
        removedSeen = 0;
    }

    /** Learns all names anew, after the store was read from an image. */
    void reindex() {
        handles.clear();
        Arrays.fill(handleBySlot, 0);
        newcomerCount = 0;
        removedSeen = 0;
        for (Table table : store.query(kit.identity)) {
            long[] ids = table.longs(kit.id).read();
            for (int row = 0; row < table.size(); row++) {
                register(table.entity(row), ids[row]);
                handles.put(ids[row], table.entity(row));
            }
        }
        newcomerCount = 0;
    }

    private long mint() {
        if (mintedCount == -1) {
            throw new IllegalStateException(
                    "incarnation " + incarnation + " has named 2^32 - 1 entities; restart the cell");
        }
        mintedCount++;
        return EntityId.pack(incarnation, mintedCount);
    }
}
