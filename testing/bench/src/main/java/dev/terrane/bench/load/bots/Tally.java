package dev.terrane.bench.load.bots;

import java.util.Map;
import java.util.TreeMap;

/** What all bots count together within the window. One thread. */
final class Tally {
    /** Age of each snapshot's tick when it is read, over all bots. */
    final Histogram snapshotAge = new Histogram();
    /** Age of each entity update when it is read, over the bots that decode. */
    final Histogram staleness = new Histogram();
    /** How old the copy on display has become when its next update arrives, rings included. */
    final Histogram displayAge = new Histogram();

    final Map<String, Integer> errors = new TreeMap<>();
    long snapshots;
    long frameBytes;
    long decodedBytes;
    long decodedSnapshots;
    long entityUpdates;
    long visibleSum;
    long inputs;
    long inputsSkipped;

    void startWindow() {
        snapshotAge.clear();
        staleness.clear();
        displayAge.clear();
        snapshots = 0;
        frameBytes = 0;
        decodedBytes = 0;
        decodedSnapshots = 0;
        entityUpdates = 0;
        visibleSum = 0;
        inputs = 0;
        inputsSkipped = 0;
    }

    void error(String kind) {
        errors.merge(kind, 1, Integer::sum);
    }
}
