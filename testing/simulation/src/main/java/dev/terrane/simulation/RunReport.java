package dev.terrane.simulation;

/**
 * What happened in one run.
 *
 * @param tickCount until everything had settled
 * @param hash over the states of all cells after every tick; 0 unless asked for
 * @param checkCount questions that checkers asked
 */
record RunReport(
        long seed,
        long tickCount,
        long hash,
        long entityCount,
        long handoffCount,
        long splitCount,
        long mergeCount,
        long restartCount,
        long dropCount,
        long intentCount,
        long ghostCount,
        long checkCount) {
    RunReport plus(RunReport other) {
        return new RunReport(
                seed,
                tickCount + other.tickCount,
                hash ^ other.hash,
                entityCount + other.entityCount,
                handoffCount + other.handoffCount,
                splitCount + other.splitCount,
                mergeCount + other.mergeCount,
                restartCount + other.restartCount,
                dropCount + other.dropCount,
                intentCount + other.intentCount,
                ghostCount + other.ghostCount,
                checkCount + other.checkCount);
    }

    static RunReport nothing() {
        return new RunReport(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    }
}
