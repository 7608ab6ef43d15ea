package dev.terrane.ecs;

import java.util.Arrays;

/**
 * A set of rows, as bits. Finding the marked ones costs O(marked) plus one look per 4,096 rows: a second level of bits tells which
 * words are not empty. When most rows may be marked, walk word by word: take {@code next}, then all bits of its {@code word}.
 */
public final class RowMarks {
    private static final long ALL = -1L;

    private long[] words = {};
    private long[] summary = {};

    RowMarks() {}

    public boolean isEmpty() {
        for (long bits : summary) {
            if (bits != 0) {
                return false;
            }
        }
        return true;
    }

    public boolean get(int row) {
        return (word(row >>> 6) & 1L << row) != 0;
    }

    /** The lowest marked row that is at least {@code from}, or -1. */
    public int next(int from) {
        int word = from >>> 6;
        if (word >= words.length) {
            return -1;
        }
        long bits = words[word] & ALL << from;
        if (bits != 0) {
            return (word << 6) + Long.numberOfTrailingZeros(bits);
        }
        word = nextWord(word + 1);
        return word < 0 ? -1 : (word << 6) + Long.numberOfTrailingZeros(words[word]);
    }

    /** Rows 64·index to 64·index + 63 as bits, lowest row in the lowest bit. */
    public long word(int index) {
        return index < words.length ? words[index] : 0;
    }

    private int nextWord(int from) {
        int block = from >>> 6;
        if (block >= summary.length) {
            return -1;
        }
        long bits = summary[block] & ALL << from;
        while (bits == 0) {
            if (++block == summary.length) {
                return -1;
            }
            bits = summary[block];
        }
        return (block << 6) + Long.numberOfTrailingZeros(bits);
    }

    void mark(int row) {
        int word = row >>> 6;
        long before = words[word];
        words[word] = before | 1L << row;
        if (before == 0) {
            summary[word >>> 6] |= 1L << word;
        }
    }

    /** Marks rows 0 until {@code rowCount}. */
    void markFirst(int rowCount) {
        fill(words, rowCount);
        fill(summary, (rowCount + 63) >>> 6);
    }

    private static void fill(long[] bits, int count) {
        Arrays.fill(bits, 0, count >>> 6, ALL);
        if ((count & 63) != 0) {
            bits[count >>> 6] |= ~(ALL << count);
        }
    }

    void unmark(int row) {
        int word = row >>> 6;
        words[word] &= ~(1L << row);
        if (words[word] == 0) {
            summary[word >>> 6] &= ~(1L << word);
        }
    }

    /** Row {@code to} becomes what row {@code from} was, and {@code from} is unmarked: a swap-remove. */
    void move(int from, int to) {
        boolean marked = get(from);
        unmark(from);
        if (marked) {
            mark(to);
        } else {
            unmark(to);
        }
    }

    void clear() {
        for (int word = nextWord(0); word >= 0; word = nextWord(word + 1)) {
            words[word] = 0;
        }
        Arrays.fill(summary, 0);
    }

    void grow(int rowCapacity) {
        words = Arrays.copyOf(words, (rowCapacity + 63) >>> 6);
        summary = Arrays.copyOf(summary, (words.length + 63) >>> 6);
    }
}
