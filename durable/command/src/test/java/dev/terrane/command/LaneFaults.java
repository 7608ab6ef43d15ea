package dev.terrane.command;

import dev.terrane.base.Rng;

/** What goes wrong in a simulated run, and how often; chances per event. */
record LaneFaults(
        float storeFails,
        float storeTears,
        float storeAway,
        float storeCrashes,
        float receiverFails,
        float poison,
        float nodeTrouble) {
    static final LaneFaults NONE = new LaneFaults(0, 0, 0, 0, 0, 0, 0);

    /** One seed in six has none. */
    static LaneFaults of(Rng rng) {
        if (rng.chance(1 / 6f)) {
            return NONE;
        }
        return new LaneFaults(
                some(rng, 0.1f),
                some(rng, 0.1f),
                some(rng, 0.3f),
                some(rng, 1f),
                some(rng, 0.3f),
                some(rng, 0.3f),
                some(rng, 0.5f));
    }

    private static float some(Rng rng, float max) {
        return rng.chance(0.4f) ? 0 : rng.nextFloat(0, max);
    }
}
