package dev.terrane.base;

import java.util.Arrays;

/**
 * Numbers by number, without boxes: open addressing with linear probing. Key 0 is not allowed; an absent key reads 0. It cannot be
 * iterated, so its order can decide nothing.
 */
public final class LongLongMap {
    private static final int CAPACITY_MIN = 64;

    private long[] keys = new long[CAPACITY_MIN];
    private long[] values = new long[CAPACITY_MIN];
    private int size;

    public int size() {
        return size;
    }

    public long get(long key) {
        int mask = keys.length - 1;
        int at = home(key, mask);
        while (keys[at] != 0) {
            if (keys[at] == key) {
                return values[at];
            }
            at = (at + 1) & mask;
        }
        return 0;
    }

    public void put(long key, long value) {
        if (key == 0) {
            throw new IllegalArgumentException("key 0 is reserved");
        }
        if (size * 2 >= keys.length) {
            grow();
        }
        int mask = keys.length - 1;
        int at = home(key, mask);
        while (keys[at] != 0 && keys[at] != key) {
            at = (at + 1) & mask;
        }
        if (keys[at] == 0) {
            keys[at] = key;
            size++;
        }
        values[at] = value;
    }

    /** Returns what was there, or 0. */
    public long remove(long key) {
        int mask = keys.length - 1;
        int at = home(key, mask);
        while (keys[at] != key) {
            if (keys[at] == 0) {
                return 0;
            }
            at = (at + 1) & mask;
        }
        long value = values[at];
        closeGap(at, mask);
        size--;
        return value;
    }

    public void clear() {
        Arrays.fill(keys, 0);
        size = 0;
    }

    /** Moves later entries of the run back, so that no search stops early at the hole. */
    private void closeGap(int removed, int mask) {
        int hole = removed;
        int next = (hole + 1) & mask;
        while (keys[next] != 0) {
            int distanceFromHome = (next - home(keys[next], mask)) & mask;
            int distanceFromHole = (next - hole) & mask;
            if (distanceFromHome >= distanceFromHole) {
                keys[hole] = keys[next];
                values[hole] = values[next];
                hole = next;
            }
            next = (next + 1) & mask;
        }
        keys[hole] = 0;
    }

    private void grow() {
        long[] oldKeys = keys;
        long[] oldValues = values;
        keys = new long[oldKeys.length * 2];
        values = new long[oldKeys.length * 2];
        size = 0;
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] != 0) {
                put(oldKeys[i], oldValues[i]);
            }
        }
    }

    private static int home(long key, int mask) {
        return (int) Rng.mix(key) & mask;
    }
}
