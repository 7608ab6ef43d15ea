package dev.terrane.ecs;

import dev.terrane.base.StateHash;
import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.ByteWriter;

/**
 * The state of one cell: entities with components, as columns.
 *
 * <p>An entity handle is a {@code long}: generation in the upper half, slot in the lower ({@link #slot}); a handle of a dead entity
 * never comes to life again. 0 is nobody. Handles mean nothing outside this store.
 *
 * <p>Structural changes (spawn, despawn, attach, detach) are deferred: they happen at the next {@link #flush}, which the schedule
 * calls at each stage's end, in the order in which they were asked for. Values change at once and mark what changed.
 *
 * <p>Not thread-safe: one writer, which is also the only reader.
 */
public final class EntityStore {
    public EntityStore(Schema schema) {
        throw new UnsupportedOperationException();
    }

    public Schema schema() {
        throw new UnsupportedOperationException();
    }

    /** The lower half of a handle: dense, reused after death, stable while the entity lives. */
    public static int slot(long entity) {
        return (int) entity;
    }

    /** One more than the highest slot ever used: the size for arrays indexed by slot. */
    public int slotLimit() {
        throw new UnsupportedOperationException();
    }

    /** Entities alive, without those still waiting for a flush. */
    public int size() {
        throw new UnsupportedOperationException();
    }

    /** Asks for an entity with these components; the handle is valid at once, its values from the next flush. */
    public long spawn(Record... components) {
        throw new UnsupportedOperationException();
    }

    public void despawn(long entity) {
        throw new UnsupportedOperationException();
    }

    /** Adds a component, or overwrites it where it is there already. */
    public void attach(long entity, Record component) {
        throw new UnsupportedOperationException();
    }

    public void detach(long entity, Class<? extends Record> component) {
        throw new UnsupportedOperationException();
    }

    /** Carries out what was asked for. Never call it while iterating. */
    public void flush() {
        throw new UnsupportedOperationException();
    }

    public boolean alive(long entity) {
        throw new UnsupportedOperationException();
    }

    public boolean has(long entity, ComponentType<?> type) {
        throw new UnsupportedOperationException();
    }

    /** A copy of the component's values. Allocates: for rare paths; systems read columns. */
    public <C extends Record> C get(long entity, ComponentType<C> type) {
        throw new UnsupportedOperationException();
    }

    /** Writes all fields, marking those that differ. */
    public <C extends Record> void set(long entity, ComponentType<C> type, C value) {
        throw new UnsupportedOperationException();
    }

    /** The table that holds the entity; valid until the next flush. */
    public Table tableOf(long entity) {
        throw new UnsupportedOperationException();
    }

    /** The entity's row in {@link #tableOf}; valid until the next flush. */
    public int rowOf(long entity) {
        throw new UnsupportedOperationException();
    }

    /** The handle whose slot this is, or 0 when the slot is empty. */
    public long handleAt(int slot) {
        throw new UnsupportedOperationException();
    }

    /** Entities that have all of these components. Keep the query: it follows new tables by itself. */
    public Query query(ComponentType<?>... all) {
        throw new UnsupportedOperationException();
    }

    /** How many tables exist; {@link #table} gives them in order of creation. Tables never vanish. */
    public int tableCount() {
        throw new UnsupportedOperationException();
    }

    public Table table(int index) {
        throw new UnsupportedOperationException();
    }

    /** Handles that died since the last {@link #clearChanges}, in order; valid up to {@link #removedCount}. */
    public long[] removed() {
        throw new UnsupportedOperationException();
    }

    public int removedCount() {
        throw new UnsupportedOperationException();
    }

    /** Forgets all change marks: of values, of arrivals ({@link Table#arrived}) and of deaths. */
    public void clearChanges() {
        throw new UnsupportedOperationException();
    }

    /** Feeds the whole state, in a fixed order. Two stores with the same history feed the same. */
    public void hash(StateHash hash) {
        throw new UnsupportedOperationException();
    }

    /** Writes the whole state, including what keeps iteration order and handles the same after {@link #read}. */
    public void write(ByteWriter out) {
        throw new UnsupportedOperationException();
    }

    /**
     * Replaces the whole state by what {@link #write} wrote under the same schema. Everything read counts as arrived.
     *
     * @throws dev.terrane.bytes.MalformedBytesException if it is no such state; the store is then unusable
     */
    public void read(ByteReader in) {
        throw new UnsupportedOperationException();
    }

    /** Writes one entity's components, for another store with the same schema. */
    public void writeEntity(long entity, ByteWriter out) {
        throw new UnsupportedOperationException();
    }

    /** Asks for a new entity with the components that {@link #writeEntity} wrote; see {@link #spawn}. */
    public long readEntity(ByteReader in) {
        throw new UnsupportedOperationException();
    }
}
