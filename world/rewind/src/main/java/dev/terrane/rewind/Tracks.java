package dev.terrane.rewind;

import dev.terrane.base.LongLongMap;
import java.util.Arrays;

/** Which row of the frames is whose. A track is given again when its last tenant's past is too old. */
final class Tracks {
    static final int NONE = -1;
    static final long NEVER = Long.MIN_VALUE;

    private final LongLongMap trackPlusOne = new LongLongMap();
    /** By track; 0: nobody's. */
    long[] ids = {};
    /** By track: the last tick in which it was seen. */
    long[] lastTicks = {};
    /** By track: before this tick it was nowhere. */
    long[] cutTicks = {};
    /** Tracks that were ever taken. */
    int limit;

    int[] free = {};
    int freeCount;

    int of(long id) {
        return (int) trackPlusOne.get(id) - 1;
    }

    int takenCount() {
        return limit - freeCount;
    }

    int take(long id) {
        int track = freeCount > 0 ? free[--freeCount] : limit++;
        reserve(limit);
        ids[track] = id;
        lastTicks[track] = NEVER;
        cutTicks[track] = NEVER;
        trackPlusOne.put(id, track + 1L);
        return track;
    }

    void reserve(int trackCount) {
        if (trackCount > ids.length) {
            int size = Math.max(64, Math.max(trackCount, ids.length * 2));
            ids = Arrays.copyOf(ids, size);
            lastTicks = Arrays.copyOf(lastTicks, size);
            cutTicks = Arrays.copyOf(cutTicks, size);
            free = Arrays.copyOf(free, size);
        }
    }

    /** Frees the tracks of whoever was not seen since. */
    void endBefore(long oldestTick) {
        for (int track = 0; track < limit; track++) {
            if (ids[track] != 0 && lastTicks[track] < oldestTick) {
                trackPlusOne.remove(ids[track]);
                ids[track] = 0;
                free[freeCount++] = track;
            }
        }
    }

    /** For a reader, which has filled the arrays; false if two tracks are one entity's. */
    boolean index() {
        trackPlusOne.clear();
        for (int track = 0; track < limit; track++) {
            if (ids[track] != 0) {
                if (of(ids[track]) != NONE) {
                    return false;
                }
                trackPlusOne.put(ids[track], track + 1L);
            }
        }
        return true;
    }

    void copy(Tracks into) {
        into.reserve(limit);
        into.limit = limit;
        into.freeCount = freeCount;
        System.arraycopy(ids, 0, into.ids, 0, limit);
        System.arraycopy(lastTicks, 0, into.lastTicks, 0, limit);
        System.arraycopy(cutTicks, 0, into.cutTicks, 0, limit);
        System.arraycopy(free, 0, into.free, 0, freeCount);
    }
}
