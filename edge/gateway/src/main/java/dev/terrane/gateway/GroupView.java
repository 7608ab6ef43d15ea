package dev.terrane.gateway;

import java.util.Arrays;

/**
 * The slices for squads, teams and single drivers that are in view from a viewpoint, whoever stands there. Listed anew when some came or went; most worlds have
 * none, and then this costs nothing.
 */
final class GroupView {
    private SliceMirror[] slices = Viewpoint.NO_SLICES;
    /** By slice: the place of its chunk's first slice for everybody. A client that has not been sent that one does not know the chunk. */
    private int[] anchor = new int[0];

    private int count;
    private boolean stale;
    /** Rises whenever the list is another one. */
    private int version;

    void disturb() {
        stale = true;
    }

    /** Before it is used: lists what there is now. */
    void refresh(Viewpoint viewpoint) {
        if (!stale) {
            return;
        }
        stale = false;
        int before = count;
        count = 0;
        int place = 0;
        for (ChunkMirror chunk : viewpoint.chunks()) {
            int first = place;
            for (int p = 0; p < chunk.partCount(); p++) {
                SliceMirror slice = chunk.part(p);
                if (slice != null && slice.isForEverybody()) {
                    place++;
                } else if (slice != null) {
                    add(slice, first);
                }
            }
        }
        Arrays.fill(slices, count, Math.max(count, Math.min(before, slices.length)), null);
        version += before == 0 && count == 0 ? 0 : 1;
    }

    private void add(SliceMirror slice, int first) {
        if (count == slices.length) {
            slices = Arrays.copyOf(slices, Math.max(8, count * 2));
            anchor = Arrays.copyOf(anchor, slices.length);
        }
        slices[count] = slice;
        anchor[count++] = first;
    }

    int count() {
        return count;
    }

    int version() {
        return version;
    }

    SliceMirror slice(int i) {
        return slices[i];
    }

    int anchor(int i) {
        return anchor[i];
    }
}
