package dev.terrane.sdk;

import java.util.ArrayDeque;
import java.util.Deque;

/** The corrections of the last minute: at most one for each snapshot. Not thread-safe. */
final class CorrectionLog {
    private static final double WINDOW_MILLIS = 60_000;
    /** More than a server sends snapshots in the window, at 60 a second. */
    private static final int COUNT_MAX = 3_600;

    private final Deque<Entry> entries = new ArrayDeque<>();

    private record Entry(double atMillis, double metres) {}

    void add(double metres, double nowMillis) {
        if (entries.size() == COUNT_MAX) {
            entries.removeFirst();
        }
        entries.addLast(new Entry(nowMillis, metres));
        expire(nowMillis);
    }

    int count(double nowMillis) {
        expire(nowMillis);
        return entries.size();
    }

    /** 0 without any. */
    double metresMax(double nowMillis) {
        expire(nowMillis);
        return entries.stream().mapToDouble(Entry::metres).max().orElse(0);
    }

    private void expire(double nowMillis) {
        while (!entries.isEmpty() && entries.getFirst().atMillis <= nowMillis - WINDOW_MILLIS) {
            entries.removeFirst();
        }
    }
}
