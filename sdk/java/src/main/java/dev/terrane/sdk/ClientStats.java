package dev.terrane.sdk;

/**
 * A client's counters at one moment.
 *
 * @param rttMillis smoothed; NaN before the first answer
 * @param jitterMillis by how much one round trip differs from the next, smoothed
 * @param serverOffsetMillis server's Unix time minus the local monotonic clock
 * @param receivedBytes since the start, messages only
 * @param stalenessTicks age of the oldest slice in the last snapshot
 */
public record ClientStats(
        double rttMillis,
        double jitterMillis,
        double serverOffsetMillis,
        int tick,
        int entityCount,
        long receivedBytes,
        long snapshotCount,
        int stalenessTicks,
        int reconnectCount,
        Prediction prediction) {

    /**
     * How it goes with the own avatar while it is steered.
     *
     * @param predicting whether it is predicted
     * @param inputMarginMillis the least by which inputs came before the frame of their tick, as the server told last; NaN: it has not
     * @param inputReserveMillis how much earlier than the fastest round trip needs inputs are sent
     * @param correctionsPerMinute errors of prediction of more than a centimetre, in the last minute; teleports not counted
     * @param correctionMetresMax the largest of the last minute
     */
    public record Prediction(
            boolean predicting,
            double inputMarginMillis,
            double inputReserveMillis,
            int correctionsPerMinute,
            double correctionMetresMax) {}
}
