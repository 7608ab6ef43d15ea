package dev.terrane.interest;

/** The chunks that one gateway watches, and those of them that it must be told in full. */
final class GatewayWatch {
    private final long[] watched;
    private final long[] fresh;
    private int watchedCount;

    GatewayWatch(int chunkCount) {
        this.watched = new long[(chunkCount + 63) >>> 6];
        this.fresh = new long[watched.length];
    }

    /** True if it did not watch the chunk before. */
    boolean add(int chunk) {
        boolean added = !has(chunk);
        watched[chunk >>> 6] |= 1L << chunk;
        fresh[chunk >>> 6] |= 1L << chunk;
        watchedCount += added ? 1 : 0;
        return added;
    }

    /** True if it watched the chunk before. */
    boolean remove(int chunk) {
        boolean removed = has(chunk);
        watched[chunk >>> 6] &= ~(1L << chunk);
        fresh[chunk >>> 6] &= ~(1L << chunk);
        watchedCount -= removed ? 1 : 0;
        return removed;
    }

    boolean has(int chunk) {
        return (watched[chunk >>> 6] & 1L << chunk) != 0;
    }

    boolean isFresh(int chunk) {
        return (fresh[chunk >>> 6] & 1L << chunk) != 0;
    }

    /** The first fresh chunk from {@code from} on, which is fresh no longer, or -1. */
    int takeFresh(int from) {
        for (int word = from >>> 6; word < fresh.length; word++) {
            if (fresh[word] != 0) {
                int chunk = (word << 6) + Long.numberOfTrailingZeros(fresh[word]);
                fresh[word] &= fresh[word] - 1;
                return chunk;
            }
        }
        return -1;
    }

    int count() {
        return watchedCount;
    }
}
