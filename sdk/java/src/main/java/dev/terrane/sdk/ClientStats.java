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
        int reconnectCount) {}
