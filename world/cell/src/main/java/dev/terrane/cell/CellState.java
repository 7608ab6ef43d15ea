package dev.terrane.cell;

import dev.terrane.base.Rng;
import dev.terrane.ecs.EntityStore;
import dev.terrane.handoff.HandoffMachine;

/**
 * What a cell starts from: nothing, or what an image says.
 *
 * @param tick of the image, or -1
 * @param mintedCount ids given out under {@code incarnation}
 */
record CellState(
        long tick, long rngState, int incarnation, int mintedCount, EntityStore store, HandoffMachine handoffs) {

    /** A cell without a past. */
    static CellState newborn(CellSpec spec) {
        long seed = spec.world().seed()
                ^ Rng.mix(spec.cell().region().packed() + spec.cell().layer());
        EntityStore store = new EntityStore(spec.world().schema().components());
        return new CellState(-1, Rng.mix(seed), spec.incarnation(), 0, store, Body.newHandoffs(spec));
    }

    boolean isNewborn() {
        return tick < 0;
    }
}
