package dev.terrane.rewind;

import java.util.Arrays;

/** A ring of frames, one a tick: of each seat whether it was seen in that tick, and where. */
final class Frames {
    private static final long NO_TICK = Long.MIN_VALUE;

    final int count;
    private final long[] ticks;
    private final long[][] seen;
    final float[][] x;
    final float[][] y;
    final float[][] yaw;
    private int seatCapacity;

    Frames(int count) {
        this.count = count;
        this.ticks = new long[count];
        Arrays.fill(ticks, NO_TICK);
        this.seen = new long[count][0];
        this.x = new float[count][0];
        this.y = new float[count][0];
        this.yaw = new float[count][0];
    }

    int seatCapacity() {
        return seatCapacity;
    }

    void reserve(int seatCount) {
        if (seatCount > seatCapacity) {
            seatCapacity = Math.max(64, Math.max(seatCount, seatCapacity * 2));
            for (int at = 0; at < count; at++) {
                seen[at] = Arrays.copyOf(seen[at], seatCapacity + 63 >>> 6);
                x[at] = Arrays.copyOf(x[at], seatCapacity);
                y[at] = Arrays.copyOf(y[at], seatCapacity);
                yaw[at] = Arrays.copyOf(yaw[at], seatCapacity);
            }
        }
    }

    /** Where the frame of this tick is, or would be. */
    int at(long tick) {
        return (int) Math.floorMod(tick, (long) count);
    }

    boolean has(long tick, int seat) {
        int at = at(tick);
        return ticks[at] == tick && (seen[at][seat >>> 6] >>> seat & 1) != 0;
    }

    void put(long tick, int seat, float atX, float atY, float atYaw) {
        int at = at(tick);
        if (ticks[at] != tick) {
            ticks[at] = tick;
            Arrays.fill(seen[at], 0);
        }
        seen[at][seat >>> 6] |= 1L << seat;
        x[at][seat] = atX;
        y[at][seat] = atY;
        yaw[at][seat] = atYaw;
    }

    /** The last tick from {@code from} down to {@code oldest} in which the seat was seen, or {@code oldest - 1}. */
    long lastSeen(int seat, long from, long oldest) {
        long tick = from;
        while (tick >= oldest && !has(tick, seat)) {
            tick--;
        }
        return tick;
    }

    /** The first tick from {@code from} up to {@code newest} in which the seat was seen, or {@code newest + 1}. */
    long firstSeen(int seat, long from, long newest) {
        long tick = from;
        while (tick <= newest && !has(tick, seat)) {
            tick++;
        }
        return tick;
    }

    void forget(int seat) {
        for (int at = 0; at < count; at++) {
            seen[at][seat >>> 6] &= ~(1L << seat);
        }
    }

    void clear() {
        Arrays.fill(ticks, NO_TICK);
    }

    /** Copies the first {@code seatCount} seats of all frames at the speed of memory. */
    void copy(int seatCount, Frames into) {
        if (into.seatCapacity < seatCount) {
            into.reserve(seatCapacity);
        }
        System.arraycopy(ticks, 0, into.ticks, 0, count);
        for (int at = 0; at < count; at++) {
            System.arraycopy(seen[at], 0, into.seen[at], 0, seatCount + 63 >>> 6);
            System.arraycopy(x[at], 0, into.x[at], 0, seatCount);
            System.arraycopy(y[at], 0, into.y[at], 0, seatCount);
            System.arraycopy(yaw[at], 0, into.yaw[at], 0, seatCount);
        }
    }
}
