package dev.terrane.sdk;

import dev.terrane.base.Rng;

/** How often things go wrong, each per step or per message. */
record WireFaults(float cut, float restart, float laneCrash, float busy, float lostResult, float doubledResult) {
    static final WireFaults NONE = new WireFaults(0, 0, 0, 0, 0, 0);

    /** Each seed has its own weather; some have fine days. */
    static WireFaults of(Rng rng) {
        return new WireFaults(
                some(rng, 0.01f),
                some(rng, 0.003f),
                some(rng, 0.003f),
                some(rng, 0.5f),
                some(rng, 0.3f),
                some(rng, 0.3f));
    }

    private static float some(Rng rng, float max) {
        return rng.chance(0.3f) ? 0 : rng.nextFloat(0, max);
    }
}
