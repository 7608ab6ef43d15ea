package dev.terrane.simulation.books;

import dev.terrane.base.Rng;

/**
 * What a seed makes of a run, beside its faults.
 *
 * @param storeMillisMax how long a call is on its way to the store, or back
 * @param gatherMillisMax how long a journal gathers before it commits
 * @param offeredChance how often consumers hear of an append without reading it
 * @param imageChance of a cell, per tick
 */
record Plan(
        int nodeCount,
        int cellCount,
        int clientCount,
        int requestCountMax,
        int partitionCount,
        int laneCountMax,
        int storeMillisMax,
        int gatherMillisMax,
        float offeredChance,
        float imageChance) {
    static Plan of(Rng rng) {
        return new Plan(
                1 + rng.nextInt(3),
                1 + rng.nextInt(2),
                2 + rng.nextInt(3),
                4 + rng.nextInt(9),
                1 + rng.nextInt(3),
                rng.chance(0.15f) ? 30 : 1_000,
                rng.chance(0.3f) ? 70 : 6,
                rng.chance(0.5f) ? 400 : 1,
                rng.chance(0.3f) ? 0 : rng.nextFloat(),
                rng.nextFloat(0.02f, 0.4f));
    }
}
