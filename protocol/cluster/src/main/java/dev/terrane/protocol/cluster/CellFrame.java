package dev.terrane.protocol.cluster;

import dev.terrane.base.CellId;

/**
 * What one cell tells one gateway at one snapshot tick: the slices it watches and the state of the avatars of its sessions.
 *
 * <p>Columns instead of objects: entry i of each array belongs to slice (or avatar) i. The bodies stand in {@link #bytes}, in the format of docs/PROTOCOL.md, ready to
 * be copied to clients. Built by one cell, then immutable; arrays may be longer than the count.
 *
 * @param simulatedAtMillis Unix time of the tick
 * @param chunk chunk index within the cell's region
 * @param baseSeq version that a delta applies to; -1 marks a full slice
 * @param offset of the record body after the address and version ({@code changes} or {@code entities} of docs/PROTOCOL.md)
 * @param entityCount entities that the slice holds after this version
 * @param x the avatar's local position, for interest
 * @param selfOffset of the body of a self record
 * @param eventsOffset of the events only this avatar's driver is told
 * @param highlightEnd the avatar's highlights end before this place, and begin where those of the avatar before end; empty when nobody has any
 * @param highlights ids of entities that matter most to each avatar's driver: their slices are sent first
 * @param groups who may be sent which of the slices
 */
public record CellFrame(
        CellId cell,
        long epoch,
        long tick,
        long simulatedAtMillis,
        float dilation,
        byte[] bytes,
        int sliceCount,
        int[] chunk,
        int[] part,
        int[] baseSeq,
        int[] seq,
        int[] offset,
        int[] length,
        int[] entityCount,
        int avatarCount,
        long[] session,
        long[] avatar,
        int[] ownership,
        int[] ackedSeq,
        float[] x,
        float[] y,
        int[] selfOffset,
        int[] selfLength,
        int[] eventsOffset,
        int[] eventsLength,
        int[] highlightEnd,
        long[] highlights,
        Groups groups)
        implements CellOutput {

    /** Who may be sent slice i. */
    public long audience(int i) {
        return groups.audience.length == 0 ? SliceAudience.EVERYBODY : groups.audience[i];
    }

    /**
     * What is not for everybody. Each array is empty when that is nothing.
     *
     * @param audience of each slice, see {@link SliceAudience}. A part of a chunk keeps its audience until it comes in full with another one
     * @param squad of each avatar, 0 for none
     * @param team of each avatar, 0 for none
     */
    public record Groups(long[] audience, int[] squad, int[] team) {
        public static final Groups NONE = new Groups(new long[0], new int[0], new int[0]);

        public int squadOf(int avatar) {
            return squad.length == 0 ? 0 : squad[avatar];
        }

        public int teamOf(int avatar) {
            return team.length == 0 ? 0 : team[avatar];
        }
    }
}
