package dev.terrane.ecs;

import dev.terrane.base.StateHash;
import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.ByteWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The state of one cell: entities with components, as columns.
 *
 * <p>An entity handle is a {@code long}: generation in the upper half, slot in the lower ({@link #slot}); a handle of a dead entity
 * never comes to life again. 0 is nobody. Handles mean nothing outside this store.
 *
 * <p>Structural changes (spawn, despawn, attach, detach) are deferred: they happen at the next {@link #flush}, which the schedule
 * calls at each stage's end, in the order in which they were asked for. What is asked of an entity that is dead when its turn comes
 * (two shots may kill the same ship) has no effect; what is asked of one that is still waiting for its flush happens after its
 * spawn. Values change at once and mark what changed.
 *
 * <p>Not thread-safe: one writer, which is also the only reader.
 */
public final class EntityStore {
    private final Schema schema;
    private final Slots slots = new Slots();
    private final List<Table> tables = new ArrayList<>();
    private final List<Query> queries = new ArrayList<>();
    private final List<Change> changes = new ArrayList<>();
    private long[] removed = new long[64];
    private int removedCount;
    private int size;
    private long structure;

    public EntityStore(Schema schema) {
        this.schema = schema;
    }

    public Schema schema() {
        return schema;
    }

    /** The lower half of a handle: dense, reused after death, stable while the entity lives. */
    public static int slot(long entity) {
        return (int) entity;
    }

    /** One more than the highest slot ever used: the size for arrays indexed by slot. */
    public int slotLimit() {
        return slots.limit();
    }

    /** Entities alive, without those still waiting for a flush. */
    public int size() {
        return size;
    }

    /**
     * Asks for an entity with these components; the handle is valid at once, its values from the next flush.
     *
     * @throws IllegalArgumentException for a record that is not in the schema, a component given twice, or a text over its limit
     */
    public long spawn(Record... components) {
        long mask = 0;
        for (Record component : components) {
            ComponentType<?> type = schema.typeOf(component);
            schema.codec(type).verify(component);
            if ((mask & 1L << type.id()) != 0) {
                throw new IllegalArgumentException("component " + type.name() + " is given twice");
            }
            mask |= 1L << type.id();
        }
        long entity = slots.take();
        changes.add(new Change.Spawn(entity, mask, components.clone()));
        return entity;
    }

    public void despawn(long entity) {
        changes.add(new Change.Despawn(entity));
    }

    /**
     * Adds a component, or overwrites it where it is there already.
     *
     * @throws IllegalArgumentException for a record that is not in the schema, or a text over its limit
     */
    public void attach(long entity, Record component) {
        ComponentType<?> type = schema.typeOf(component);
        schema.codec(type).verify(component);
        changes.add(new Change.Attach(entity, type, component));
    }

    /** Takes a component away; no effect where it is not there. */
    public void detach(long entity, Class<? extends Record> component) {
        changes.add(new Change.Detach(entity, schema.type(component)));
    }

    /**
     * Adds an entity at once: for a store of copies, filled between iterations. Its values are leftovers until the caller has written every one.
     *
     * @param componentMask bits of its components
     */
    public long add(long componentMask) {
        long entity = slots.take();
        structure++;
        enter(entity, tableFor(componentMask));
        return entity;
    }

    /** Takes an entity away at once, see {@link #add}; no effect where it is dead. */
    public void remove(long entity) {
        structure++;
        apply(new Change.Despawn(entity));
    }

    /** Carries out what was asked for. Never call it while iterating. */
    public void flush() {
        if (changes.isEmpty()) {
            return;
        }
        structure++;
        for (int i = 0; i < changes.size(); i++) {
            apply(changes.get(i));
        }
        changes.clear();
    }

    private void apply(Change change) {
        switch (change) {
            case Change.Spawn(long entity, long mask, Record[] components) -> {
                int row = enter(entity, tableFor(mask));
                Table table = tables.get(slots.table(entity));
                for (Record component : components) {
                    put(schema.typeOf(component), component, table, row);
                }
            }
            case Change.Arrive(long entity, Table staged) -> {
                Table table = tableFor(staged.componentMask());
                table.copyRow(staged, 0, enter(entity, table));
            }
            case Change.Despawn(long entity) -> {
                if (slots.alive(entity)) {
                    leave(entity);
                    slots.release(entity);
                    size--;
                    addRemoved(entity);
                }
            }
            case Change.Attach(long entity, ComponentType<?> type, Record component) -> {
                if (slots.alive(entity)) {
                    attachNow(entity, type, component);
                }
            }
            case Change.Detach(long entity, ComponentType<?> type) -> {
                if (has(entity, type)) {
                    moveTo(entity, tableFor(tableOf(entity).componentMask() & ~(1L << type.id())));
                }
            }
        }
    }

    private int enter(long entity, Table table) {
        int row = table.add(entity);
        slots.place(entity, table.index(), row);
        size++;
        return row;
    }

    private void leave(long entity) {
        int row = slots.row(entity);
        Table table = tables.get(slots.table(entity));
        long moved = table.swapRemove(row);
        if (moved != 0) {
            slots.place(moved, table.index(), row);
        }
    }

    private void attachNow(long entity, ComponentType<?> type, Record component) {
        Table table = tableOf(entity);
        if (table.has(type)) {
            schema.codec(type).set(component, table.columnsByOrdinal(), schema.firstOrdinal(type), slots.row(entity));
        } else {
            Table target = tableFor(table.componentMask() | 1L << type.id());
            put(type, component, target, moveTo(entity, target));
        }
    }

    private int moveTo(long entity, Table target) {
        int row = target.add(entity);
        target.copyRow(tableOf(entity), slots.row(entity), row);
        leave(entity);
        slots.place(entity, target.index(), row);
        return row;
    }

    private void put(ComponentType<?> type, Record component, Table table, int row) {
        schema.codec(type).put(component, table.columnsByOrdinal(), schema.firstOrdinal(type), row);
    }

    /** Few sets of components exist in a world, so looking through all is cheaper than a map. */
    private Table tableFor(long mask) {
        for (int i = 0; i < tables.size(); i++) {
            if (tables.get(i).componentMask() == mask) {
                return tables.get(i);
            }
        }
        return addTable(mask);
    }

    private Table addTable(long mask) {
        Table table = new Table(schema, mask, tables.size());
        tables.add(table);
        for (Query query : queries) {
            query.offer(table);
        }
        return table;
    }

    private void addRemoved(long entity) {
        if (removedCount == removed.length) {
            removed = Arrays.copyOf(removed, removedCount * 2);
        }
        removed[removedCount++] = entity;
    }

    /** False also for an entity that still waits for its flush: it has no values yet. */
    public boolean alive(long entity) {
        return slots.alive(entity);
    }

    /** False where the entity is not alive. */
    public boolean has(long entity, ComponentType<?> type) {
        schema.requireOwn(type);
        return slots.alive(entity) && tables.get(slots.table(entity)).has(type);
    }

    /**
     * A copy of the component's values. Allocates: for rare paths; systems read columns.
     *
     * @throws IllegalArgumentException if the entity is not alive or does not have the component
     */
    public <C extends Record> C get(long entity, ComponentType<C> type) {
        Table table = tableWith(entity, type);
        Record value = schema.codec(type).get(table.columnsByOrdinal(), schema.firstOrdinal(type), slots.row(entity));
        return type.recordClass().cast(value);
    }

    /**
     * Writes all fields, marking those that differ.
     *
     * @throws IllegalArgumentException if the entity is not alive or does not have the component, or for a text over its limit
     */
    public <C extends Record> void set(long entity, ComponentType<C> type, C value) {
        Table table = tableWith(entity, type);
        RecordCodec codec = schema.codec(type);
        codec.verify(value);
        codec.set(value, table.columnsByOrdinal(), schema.firstOrdinal(type), slots.row(entity));
    }

    /** The table that holds the entity; valid until the next flush. */
    public Table tableOf(long entity) {
        requireAlive(entity);
        return tables.get(slots.table(entity));
    }

    /** The entity's row in {@link #tableOf}; valid until the next flush. */
    public int rowOf(long entity) {
        requireAlive(entity);
        return slots.row(entity);
    }

    private Table tableWith(long entity, ComponentType<?> type) {
        schema.requireOwn(type);
        Table table = tableOf(entity);
        if (!table.has(type)) {
            throw new IllegalArgumentException("entity " + describe(entity) + " has no " + type.name() + ", it has "
                    + schema.describe(table.componentMask()));
        }
        return table;
    }

    private void requireAlive(long entity) {
        if (!slots.alive(entity)) {
            throw new IllegalArgumentException("entity " + describe(entity)
                    + (slots.pending(entity) ? " has no values before the next flush" : " is dead"));
        }
    }

    private static String describe(long entity) {
        return slot(entity) + "@" + (entity >>> 32);
    }

    /** The handle whose slot this is, or 0 when the slot is empty. */
    public long handleAt(int slot) {
        return slots.handleAt(slot);
    }

    /** Entities that have all of these components. Keep the query: it follows new tables by itself. */
    public Query query(ComponentType<?>... all) {
        long mask = 0;
        for (ComponentType<?> type : all) {
            schema.requireOwn(type);
            mask |= 1L << type.id();
        }
        for (Query query : queries) {
            if (query.mask() == mask) {
                return query;
            }
        }
        Query query = new Query(this, mask);
        tables.forEach(query::offer);
        queries.add(query);
        return query;
    }

    /** How many tables exist; {@link #table} gives them in order of creation. Tables never vanish, except in {@link #read}. */
    public int tableCount() {
        return tables.size();
    }

    public Table table(int index) {
        return tables.get(index);
    }

    /** Handles that died since the last {@link #clearChanges}, in order; valid up to {@link #removedCount}. */
    public long[] removed() {
        return removed;
    }

    public int removedCount() {
        return removedCount;
    }

    /** Forgets all change marks: of values, of arrivals ({@link Table#arrived}) and of deaths. */
    public void clearChanges() {
        removedCount = 0;
        for (int i = 0; i < tables.size(); i++) {
            tables.get(i).clearChanges();
        }
    }

    /** Everybody counts as arrived, until marks are cleared: for whoever follows the marks from now on and has seen nobody yet. */
    public void allArrived() {
        for (int i = 0; i < tables.size(); i++) {
            tables.get(i).allArrived();
        }
    }

    /**
     * Feeds the whole state, in a fixed order. Two stores with the same history feed the same. Change marks take no part.
     *
     * @throws IllegalStateException while structural changes wait for a flush
     */
    public void hash(StateHash hash) {
        requireFlushed();
        StoreFormat.hash(slots, tables, hash);
    }

    /** Feeds one of {@code parts} parts of each table, in a fixed order: together they are all entities. As {@link #hash}, cheaper. */
    public void hashPart(StateHash hash, int part, int parts) {
        requireFlushed();
        hash.add(size);
        for (int i = 0; i < tables.size(); i++) {
            StoreFormat.hashPart(tables.get(i), part, parts, hash);
        }
    }

    /**
     * Writes the whole state, including what keeps iteration order and handles the same after {@link #read}.
     *
     * @throws IllegalStateException while structural changes wait for a flush
     */
    public void write(ByteWriter out) {
        requireFlushed();
        StoreFormat.write(schema, slots, tables, out);
    }

    /**
     * Copies the whole state for a {@link StoreCopy#write} elsewhere, at the speed of memory.
     *
     * @param into of the same schema; what was there is forgotten
     * @throws IllegalStateException while structural changes wait for a flush
     */
    public void copy(StoreCopy into) {
        requireFlushed();
        into.take(schema, slots, tables);
    }

    /**
     * Replaces the whole state by what {@link #write} wrote under the same schema. Everything read counts as arrived. Queries stay
     * valid, tables taken earlier do not.
     *
     * @throws dev.terrane.bytes.MalformedBytesException if it is no such state; the store is then unusable
     */
    public void read(ByteReader in) {
        structure++;
        changes.clear();
        tables.clear();
        queries.forEach(Query::forgetTables);
        removedCount = 0;
        size = StoreFormat.read(schema, slots, this::addTable, in);
    }

    /** Becomes what the migration makes of a store under its past schema. */
    void take(EntityStore past, SchemaMigration migration) {
        slots.copyAll(past.slots);
        for (Table was : past.tables) {
            Table is = tableFor(migration.maskOf(was.componentMask()));
            is.reserve(is.size() + was.size());
            for (int pastRow = 0; pastRow < was.size(); pastRow++) {
                long entity = was.entity(pastRow);
                int row = enter(entity, is);
                migration.fill(is, row, was, pastRow);
            }
        }
    }

    /** Writes one entity's components, for another store with the same schema. */
    public void writeEntity(long entity, ByteWriter out) {
        Table table = tableOf(entity);
        StoreFormat.writeRow(table, slots.row(entity), out);
    }

    /**
     * Asks for a new entity with the components that {@link #writeEntity} wrote; see {@link #spawn}.
     *
     * @throws dev.terrane.bytes.MalformedBytesException if it is no such entity; nothing has changed then
     */
    public long readEntity(ByteReader in) {
        Table staged = StoreFormat.readRow(schema, in);
        long entity = slots.take();
        changes.add(new Change.Arrive(entity, staged));
        return entity;
    }

    /** Changes whenever rows may have moved. */
    long structure() {
        return structure;
    }

    private void requireFlushed() {
        if (!changes.isEmpty()) {
            throw new IllegalStateException(changes.size() + " structural changes wait for a flush");
        }
    }
}
