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
        long[] highlights)
        implements CellOutput {}
