package dev.terrane.handoff;

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

    private void removeFirst(int removed) {
        System.arraycopy(ticks, removed, ticks, 0, count - removed);
        System.arraycopy(numbers, removed, numbers, 0, count - removed);
        count -= removed;
    }
}
