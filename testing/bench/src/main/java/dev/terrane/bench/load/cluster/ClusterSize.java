package dev.terrane.bench.load.cluster;

import java.util.Map;

/**
 * The cluster that a bench wants, and who plays in it.
 *
 * @param hz ticks and snapshots in a second
 * @param entities of the whole world, about; 0: as usual
 * @param heap of each node, as -Xmx has it
 * @param set further settings of all nodes
 */
public record ClusterSize(
        int coordinators, int sims, int bots, int hz, int entities, String heap, Map<String, String> set) {
    double tickMillis() {
        return 1_000.0 / hz;
    }

    /** The same on another number of sims, with further settings. */
    ClusterSize with(int otherSims, Map<String, String> otherSet) {
        return new ClusterSize(coordinators, otherSims, bots, hz, entities, heap, otherSet);
    }

    /** The same with another number of entities. */
    ClusterSize withEntities(int otherEntities) {
        return new ClusterSize(coordinators, sims, bots, hz, otherEntities, heap, set);
    }
}
