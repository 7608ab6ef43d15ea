package dev.terrane.clustersim;

/**
 * What a run came to.
 *
 * @param hash of the whole history: the same for the same seed
 * @param openedCount cells that began to live at some node
 * @param stepCount turns of threads, and events
 */
record RunReport(
        long hash,
        long tickCount,
        long openedCount,
        long stepCount,
        long messageCount,
        long faultCount,
        long snapshotCount,
        long paymentCount) {
    static RunReport nothing() {
        return new RunReport(0, 0, 0, 0, 0, 0, 0, 0);
    }

    RunReport plus(RunReport other) {
        return new RunReport(
                hash * 31 + other.hash,
                tickCount + other.tickCount,
                openedCount + other.openedCount,
                stepCount + other.stepCount,
                messageCount + other.messageCount,
                faultCount + other.faultCount,
                snapshotCount + other.snapshotCount,
                paymentCount + other.paymentCount);
    }
}
