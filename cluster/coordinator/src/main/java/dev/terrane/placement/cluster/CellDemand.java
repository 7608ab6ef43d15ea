package dev.terrane.placement.cluster;

/**
 * What a cell asks of its node, as a moving average of what was measured. Hard and soft together are what placement counts; both zero: not measured yet.
 *
 * @param tickRate ticks per second, 1 to 1000: the weight of a cell that was not measured yet
 * @param hardNanos simulation, per second: cannot be left out
 * @param softNanos replication and levels of detail, per second: can be less for a while, not for good
 * @param opportunisticNanos per second, of what runs only while there is time: does not count
 */
public record CellDemand(int tickRate, long hardNanos, long softNanos, long opportunisticNanos) {
    public CellDemand {
        if (tickRate < 1 || tickRate > 1000) {
            throw new IllegalArgumentException("tick rate " + tickRate + " must be 1 to 1000");
        }
        if (Math.min(Math.min(hardNanos, softNanos), opportunisticNanos) < 0
                || Math.max(hardNanos, softNanos) > ClusterNode.CAPACITY_NANOS_MAX) {
            throw new IllegalArgumentException("nanoseconds per second: hard %d, soft %d, opportunistic %d"
                    .formatted(hardNanos, softNanos, opportunisticNanos));
        }
    }

    /** What the headroom is for. */
    public long countedNanos() {
        return hardNanos + softNanos;
    }
}
