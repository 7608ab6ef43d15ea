package dev.terrane.rewind;

import dev.terrane.base.LongLongMap;
import java.util.Arrays;

/** Which row of the frames is whose. A seat is given again when its last tenant's past is too old. */
final class Seats {
    static final int NONE = -1;
    static final long NEVER = Long.MIN_VALUE;

    private final LongLongMap seatPlusOne = new LongLongMap();
    /** By seat; 0: nobody's. */
    long[] ids = {};
    /** By seat: the last tick in which it was seen. */
    long[] lastTicks = {};
    /** By seat: before this tick it was nowhere. */
    long[] cutTicks = {};
    /** Seats that were ever taken. */
    int limit;

    int[] free = {};
    int freeCount;

    int of(long id) {
        return (int) seatPlusOne.get(id) - 1;
    }

    int takenCount() {
        return limit - freeCount;
    }

    int take(long id) {
        int seat = freeCount > 0 ? free[--freeCount] : limit++;
        reserve(limit);
        ids[seat] = id;
        lastTicks[seat] = NEVER;
        cutTicks[seat] = NEVER;
        seatPlusOne.put(id, seat + 1L);
        return seat;
    }

    void reserve(int seatCount) {
        if (seatCount > ids.length) {
            int size = Math.max(64, Math.max(seatCount, ids.length * 2));
            ids = Arrays.copyOf(ids, size);
            lastTicks = Arrays.copyOf(lastTicks, size);
            cutTicks = Arrays.copyOf(cutTicks, size);
            free = Arrays.copyOf(free, size);
        }
    }

    /** Frees the seats of whoever was not seen since. */
    void endBefore(long oldestTick) {
        for (int seat = 0; seat < limit; seat++) {
            if (ids[seat] != 0 && lastTicks[seat] < oldestTick) {
                seatPlusOne.remove(ids[seat]);
                ids[seat] = 0;
                free[freeCount++] = seat;
            }
        }
    }

    /** For a reader, which has filled the arrays; false if two seats are one entity's. */
    boolean index() {
        seatPlusOne.clear();
        for (int seat = 0; seat < limit; seat++) {
            if (ids[seat] != 0) {
                if (of(ids[seat]) != NONE) {
                    return false;
                }
                seatPlusOne.put(ids[seat], seat + 1L);
            }
        }
        return true;
    }

    void copy(Seats into) {
        into.reserve(limit);
        into.limit = limit;
        into.freeCount = freeCount;
        System.arraycopy(ids, 0, into.ids, 0, limit);
        System.arraycopy(lastTicks, 0, into.lastTicks, 0, limit);
        System.arraycopy(cutTicks, 0, into.cutTicks, 0, limit);
        System.arraycopy(free, 0, into.free, 0, freeCount);
    }
}
