package dev.terrane.cell;

import dev.terrane.base.Rng;
import dev.terrane.ecs.EntityStore;
import dev.terrane.handoff.HandoffMachine;

/**
 * What a cell starts from: nothing, or what an image says.
 *
 * @param tick of the image, or -1
 * @param minted ids given out
 * @param intents of other cells that were taken
 */
record CellState(
        long tick, long rngState, Minted minted, EntityStore store, HandoffMachine handoffs, IntentMarks intents) {
    /** How many ids were given out under an incarnation. */
    record Minted(int incarnation, int count) {}

    /** A cell without a past. */
    static CellState newborn(CellSpec spec) {
        long seed = spec.world().seed()
                ^ Rng.mix(spec.cell().region().packed() + spec.cell().layer());
        EntityStore store = new EntityStore(spec.world().schema().components());
        Minted none = new Minted(spec.incarnation(), 0);
        return new CellState(-1, Rng.mix(seed), none, store, Body.newHandoffs(spec), new IntentMarks());
    }

    CellState with(EntityStore other) {
        return new CellState(tick, rngState, minted, other, handoffs, intents);
    }

    boolean isNewborn() {
        return tick < 0;
    }
}
