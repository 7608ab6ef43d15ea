package dev.terrane.cell;

import dev.terrane.base.EntityId;
import dev.terrane.base.StateHash;
import dev.terrane.bytes.ByteWriter;
import dev.terrane.ecs.EntityStore;
import dev.terrane.handoff.HandoffMachine;

/**
 * Collects the durable facts of a tick, in the format of {@link FactsReader}.
 *
 * <p>Write what has to survive when its values are those of the tick's end, and before leavers are handed off: an entity that has left is no more
 * here. Writing an entity twice is allowed, the later fact counts; it costs its bytes twice.
 */
final class FactsWriter {
    /** Most facts of one tick: far more than a batch of commands touches. */
    static final int COUNT_MAX = 1 << 16;

    private static final byte[] NOTHING = {};

    private final Population population;
    private final ByteWriter facts = new ByteWriter(256);
    private final ByteWriter image = new ByteWriter(256);
    private int count;

    FactsWriter(Population population) {
        this.population = population;
    }

    /**
     * It must live again as it is now.
     *
     * @param handle of an entity that is alive and has its name: one that was spawned in this stage has it from the stage's end on
     */
    void keep(long handle) {
        long entity = population.idOf(handle);
        if (entity == EntityId.NONE || !population.store.alive(handle)) {
            throw new IllegalArgumentException("the entity in slot " + EntityStore.slot(handle)
                    + " cannot be kept: it is dead, or waits for its first flush; tell of its end by gone");
        }
        population.store.writeEntity(handle, image.clear());
        if (image.size() > HandoffMachine.IMAGE_BYTES_MAX) {
            throw new IllegalArgumentException("entity " + new EntityId(entity) + " of " + image.size()
                    + " bytes cannot be kept: no entity may have more than " + HandoffMachine.IMAGE_BYTES_MAX);
        }
        begin(FactsReader.KEPT, entity, population.ownershipOf(handle));
        facts.varuint(image.size());
        facts.raw(image.array(), 0, image.size());
    }

    /** It must not live again under this ownership or a lower one. */
    void gone(long entity, int ownership) {
        begin(FactsReader.GONE, entity, ownership);
    }

    private void begin(int kind, long entity, int ownership) {
        if (count == COUNT_MAX) {
            throw new IllegalStateException("a tick has more than " + COUNT_MAX + " durable facts");
        }
        if (count++ == 0) {
            facts.u8(FactsReader.FORMAT);
        }
        facts.u8(kind);
        facts.i64(entity);
        facts.varuint(ownership);
    }

    /** The facts since the last call, in order; empty when there were none. */
    byte[] take() {
        if (count == 0) {
            return NOTHING;
        }
        facts.i64(new StateHash().add(facts.array(), 0, facts.size()).value());
        byte[] taken = facts.toBytes();
        facts.clear();
        count = 0;
        return taken;
    }
}
