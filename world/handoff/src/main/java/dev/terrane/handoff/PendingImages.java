package dev.terrane.handoff;

import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.ByteWriter;

/**
 * Numbers as they stood in images that are on their way to the store: (tick of the image, number). Numbers never fall.
 *
 * <p>Bounded: when the store is slow the oldest is forgotten, so a number becomes stable only with a later image.
 */
final class PendingImages {
    private static final int COUNT_MAX = 8;

    private final long[] ticks = new long[COUNT_MAX];
    private final long[] numbers = new long[COUNT_MAX];
    private int count;

    void add(long tick, long number) {
        if (count == COUNT_MAX) {
            removeFirst(1);
        }
        ticks[count] = tick;
        numbers[count++] = number;
    }

    /** Forgets images up to this tick; returns the number in the last of them, or {@code otherwise} if there was none. */
    long stored(long tick, long otherwise) {
        int known = 0;
        long number = otherwise;
        while (known < count && ticks[known] <= tick) {
            number = numbers[known++];
        }
        removeFirst(known);
        return number;
    }

    /** None of them counts any more. */
    void forgetAll() {
        count = 0;
    }

    void write(ByteWriter out) {
        out.u8(count);
        for (int i = 0; i < count; i++) {
            out.varlong(ticks[i]);
            out.varlong(numbers[i]);
        }
    }

    void read(ByteReader in) {
        count = in.u8();
        if (count > COUNT_MAX) {
            throw in.malformed(count + " images on their way, but the limit is " + COUNT_MAX);
        }
        for (int i = 0; i < count; i++) {
            ticks[i] = in.varlong();
            numbers[i] = in.varlong();
        }
    }

    private void removeFirst(int removed) {
        System.arraycopy(ticks, removed, ticks, 0, count - removed);
        System.arraycopy(numbers, removed, numbers, 0, count - removed);
        count -= removed;
    }
}
