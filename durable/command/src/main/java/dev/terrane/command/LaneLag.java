package dev.terrane.command;

/**
 * How much waits in a partition: for metrics.
 *
 * @param waitingCount appended, but neither settled nor parked
 * @param oldestMillis how long the oldest of these has waited, 0 if none does
 */
public record LaneLag(LanePartition partition, long waitingCount, int parkedCount, long oldestMillis) {}
