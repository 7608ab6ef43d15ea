package dev.terrane.command;

import dev.terrane.base.Rng;

/**
 * One of the rows that a lane is cut into: commands of one key all stand in one row, in order.
 *
 * @param lane named after who carries its commands out: {@code economy}, {@code cells}
 * @param index 0 until the lane's number of partitions
 */
public record LanePartition(String lane, int index) implements Comparable<LanePartition> {
    /**
     * Where a key belongs, on every machine and for good.
     *
     * @param partitionCount must stay the same as long as commands wait: with another one, a key's commands would stand in two rows
     */
    public static int indexOf(String key, int partitionCount) {
        // Java says what hashCode of a String is; mixing makes its neighbours strangers.
        return (int) Long.remainderUnsigned(Rng.mix(key.hashCode()), partitionCount);
    }

    /** Of the lease that its one consumer holds (H8). */
    public String leaseName() {
        return "lease:" + lane + ".p" + index;
    }

    @Override
    public int compareTo(LanePartition other) {
        int byLane = lane.compareTo(other.lane);
        return byLane != 0 ? byLane : Integer.compare(index, other.index);
    }

    @Override
    public String toString() {
        return lane + ".p" + index;
    }
}
