package dev.terrane.gateway;

import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A map from numbers other than 0 to objects: open addressing, linear probing, no boxing. A frame looks every session up in one, so a
 * boxed key per lookup would be the gateway's largest source of garbage.
 */
final class LongTable<V> {
    private static final int CAPACITY_MIN = 16;

    private long[] keys = new long[CAPACITY_MIN];
    private @Nullable Object[] values = new Object[CAPACITY_MIN];
    private int size;

    int size() {
        return size;
    }

    @SuppressWarnings("unchecked")
    @Nullable
    V get(long key) {
        return (V) values[slotOf(key)];
    }

    /** Adds or replaces. */
    void put(long key, V value) {
        if (key == 0) {
            throw new IllegalArgumentException("0 is no key");
        }
        if (size * 2 >= keys.length) {
            grow();
        }
        int slot = slotOf(key);
        if (keys[slot] == 0) {
            keys[slot] = key;
            size++;
        }
        values[slot] = value;
    }

    @SuppressWarnings("unchecked")
    @Nullable
    V remove(long key) {
        int slot = slotOf(key);
        V removed = (V) values[slot];
        if (removed == null) {
            return null;
        }
        size--;
        closeHole(slot);
        return removed;
    }

    /** Each value that is here now; the visitor may add and remove. The order follows from the keys and their history, so it is the same in every run. */
    @SuppressWarnings("unchecked")
    void forEach(Consumer<? super V> visitor) {
        for (Object value : values.clone()) {
            if (value != null) {
                visitor.accept((V) value);
            }
        }
    }

    /**
     * A share of the values, so that {@code shareCount} calls reach all. A value may be left out of one round when others are added or removed between its calls; never
     * twice unless that happens again.
     */
    @SuppressWarnings("unchecked")
    void forEachOfShare(int share, int shareCount, Consumer<? super V> visitor) {
        int from = (int) ((long) values.length * share / shareCount);
        int to = (int) ((long) values.length * (share + 1) / shareCount);
        for (Object value : Arrays.copyOfRange(values, from, to)) {
            if (value != null) {
                visitor.accept((V) value);
            }
        }
    }

    private int slotOf(long key) {
        int mask = keys.length - 1;
        int slot = (int) ((key * 0x9E37_79B9_7F4A_7C15L) >>> 40) & mask;
        while (keys[slot] != 0 && keys[slot] != key) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    /** Moves followers of the probe chain into the hole, so that no lookup stops early. */
    private void closeHole(int hole) {
        int mask = keys.length - 1;
        keys[hole] = 0;
        values[hole] = null;
        int next = (hole + 1) & mask;
        while (keys[next] != 0) {
            long key = keys[next];
            Object value = values[next];
            keys[next] = 0;
            values[next] = null;
            int slot = slotOf(key);
            keys[slot] = key;
            values[slot] = value;
            next = (next + 1) & mask;
        }
    }

    private void grow() {
        long[] oldKeys = keys;
        Object[] oldValues = values;
        keys = new long[oldKeys.length * 2];
        values = Arrays.copyOf(new Object[0], keys.length);
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] != 0) {
                int slot = slotOf(oldKeys[i]);
                keys[slot] = oldKeys[i];
                values[slot] = oldValues[i];
            }
        }
    }
}
