package dev.terrane.simulation.books;

import dev.terrane.base.Rng;

/**
 * What goes wrong in a run, and how often: chances per event.
 *
 * @param storeFails a call to the store is lost on its way there
 * @param storeTears it is carried out, wholly or in part, and nobody hears of it
 * @param groupTears of a group of the journal only a first part becomes durable, or nothing, and the answer is an error
 * @param storeAway the store is away for a while
 * @param receiverFails a receiver is down, or says nothing
 * @param poison of a handler that throws
 * @param crash a node dies before its next step
 * @param stall a node stands still, and goes on later as if nothing had been
 * @param messages a client's message is lost or comes twice
 * @param moves somebody else is given a cell whose owner knows nothing of it
 */
record Faults(
        float storeFails,
        float storeTears,
        float groupTears,
        float storeAway,
        float receiverFails,
        float poison,
        float crash,
        float stall,
        float messages,
        float moves) {
    static final Faults NONE = new Faults(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    /** One seed in eight has none. */
    static Faults of(Rng rng) {
        if (rng.chance(1 / 8f)) {
            return NONE;
        }
        return new Faults(
                some(rng, 0.08f),
                some(rng, 0.4f),
                some(rng, 0.08f),
                some(rng, 0.3f),
                some(rng, 0.15f),
                some(rng, 0.25f),
                some(rng, 0.004f),
                some(rng, 0.6f),
                some(rng, 0.2f),
                some(rng, 0.8f));
    }

    private static float some(Rng rng, float max) {
        return rng.chance(0.35f) ? 0 : rng.nextFloat(0, max);
    }
}
