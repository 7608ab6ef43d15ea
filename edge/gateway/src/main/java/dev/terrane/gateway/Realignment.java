package dev.terrane.gateway;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** How one list of slices becomes another: where each was, and which are gone. One per gateway, reused. */
final class Realignment {
    private int[] from = new int[64];
    private int count;
    private int[] gone = new int[64];
    private @Nullable ChunkMirror[] goneChunk = new ChunkMirror[64];
    private int goneCount;
    private int stamp;

    Realignment between(SliceMirror[] before, SliceMirror[] after) {
        stamp++;
        for (int i = 0; i < before.length; i++) {
            before[i].mark = stamp;
            before[i].place = i;
        }
        count = after.length;
        from = from.length < count ? new int[count * 2] : from;
        for (int i = 0; i < count; i++) {
            from[i] = after[i].mark == stamp ? after[i].place : -1;
            after[i].mark = 0;
        }
        goneCount = 0;
        for (int i = 0; i < before.length; i++) {
            if (before[i].mark == stamp) {
                if (goneCount == gone.length) {
                    gone = Arrays.copyOf(gone, goneCount * 2);
                    goneChunk = Arrays.copyOf(goneChunk, goneCount * 2);
                }
                goneChunk[goneCount] = before[i].chunk;
                gone[goneCount++] = i;
            }
        }
        return this;
    }

    int count() {
        return count;
    }

    /** Where the slice at this new place was, or -1 for a new one. */
    int from(int place) {
        return from[place];
    }

    int goneCount() {
        return goneCount;
    }

    /** An old place whose slice is in view no longer. */
    int gone(int i) {
        return gone[i];
    }

    ChunkMirror goneChunk(int i) {
        ChunkMirror chunk = goneChunk[i];
        if (chunk == null) {
            throw new IndexOutOfBoundsException(i);
        }
        return chunk;
    }
}
