package dev.terrane.command;

/**
 * The right to consume a partition. It saves work only; what it fences is {@link LaneStore#settle}.
 *
 * @param holder node or process
 * @param epoch rises whenever the lease is taken; only the highest may settle
 */
public record LaneLease(LanePartition partition, String holder, long epoch) {}
