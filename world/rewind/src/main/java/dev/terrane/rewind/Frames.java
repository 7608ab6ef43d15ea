package dev.terrane.rewind;

import java.util.Arrays;

/** A ring of frames, one a tick: of each track whether it was seen in that tick, and where. */
final class Frames {
    private static final long NO_TICK = Long.MIN_VALUE;

    final int count;
    private final long[] ticks;
    private final long[][] seen;
    final float[][] x;
    final float[][] y;
    final float[][] yaw;
    private int trackCapacity;

    Frames(int count) {
        this.count = count;
        this.ticks = new long[count];
        Arrays.fill(ticks, NO_TICK);
        this.seen = new long[count][0];
        this.x = new float[count][0];
        this.y = new float[count][0];
        this.yaw = new float[count][0];
    }

    int trackCapacity() {
        return trackCapacity;
    }

    void reserve(int trackCount) {
        if (trackCount > trackCapacity) {
            trackCapacity = Math.max(64, Math.max(trackCount, trackCapacity * 2));
            for (int at = 0; at < count; at++) {
                seen[at] = Arrays.copyOf(seen[at], trackCapacity + 63 >>> 6);
                x[at] = Arrays.copyOf(x[at], trackCapacity);
                y[at] = Arrays.copyOf(y[at], trackCapacity);
                yaw[at] = Arrays.copyOf(yaw[at], trackCapacity);
            }
        }
    }

    /** Where the frame of this tick is, or would be. */
    int at(long tick) {
        return (int) Math.floorMod(tick, (long) count);
    }

    boolean has(long tick, int track) {
        int at = at(tick);
        return ticks[at] == tick && (seen[at][track >>> 6] >>> track & 1) != 0;
    }

    void put(long tick, int track, float atX, float atY, float atYaw) {
        int at = at(tick);
        if (ticks[at] != tick) {
            ticks[at] = tick;
            Arrays.fill(seen[at], 0);
        }
        seen[at][track >>> 6] |= 1L << track;
        x[at][track] = atX;
        y[at][track] = atY;
        yaw[at][track] = atYaw;
    }

    /** The last tick from {@code from} down to {@code oldest} in which the track was seen, or {@code oldest - 1}. */
    long lastSeen(int track, long from, long oldest) {
        long tick = from;
        while (tick >= oldest && !has(tick, track)) {
            tick--;
        }
        return tick;
    }

    /** The first tick from {@code from} up to {@code newest} in which the track was seen, or {@code newest + 1}. */
    long firstSeen(int track, long from, long newest) {
        long tick = from;
        while (tick <= newest && !has(tick, track)) {
            tick++;
        }
        return tick;
    }

    void forget(int track) {
        for (int at = 0; at < count; at++) {
            seen[at][track >>> 6] &= ~(1L << track);
        }
    }

    void clear() {
        Arrays.fill(ticks, NO_TICK);
    }

    /** Copies the first {@code trackCount} tracks of all frames at the speed of memory. */
    void copy(int trackCount, Frames into) {
        if (into.trackCapacity < trackCount) {
            into.reserve(trackCapacity);
        }
        System.arraycopy(ticks, 0, into.ticks, 0, count);
        for (int at = 0; at < count; at++) {
            System.arraycopy(seen[at], 0, into.seen[at], 0, trackCount + 63 >>> 6);
            System.arraycopy(x[at], 0, into.x[at], 0, trackCount);
            System.arraycopy(y[at], 0, into.y[at], 0, trackCount);
            System.arraycopy(yaw[at], 0, into.yaw[at], 0, trackCount);
        }
    }
}
