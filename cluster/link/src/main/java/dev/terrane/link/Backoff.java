package dev.terrane.link;

import dev.terrane.base.Rng;

/** How long to wait before the next dial: twice as long each time up to a limit, and by chance up to half of it less, so that nodes do not dial in step. */
public final class Backoff {
    private final long nanosMin;
    private final long nanosMax;
    private final Rng rng;
    private long nextNanos;

    public Backoff(LinkTimes times, Rng rng) {
        this.nanosMin = times.retryNanosMin();
        this.nanosMax = times.retryNanosMax();
        this.rng = rng;
        this.nextNanos = nanosMin;
    }

    /** The pause before the next dial. */
    public long nextNanos() {
        long pause = nextNanos;
        nextNanos = Math.min(nanosMax, nextNanos * 2);
        return pause - (long) (rng.nextFloat() * (pause / 2));
    }

    /** A dial has led to an open link. */
    public void reset() {
        nextNanos = nanosMin;
    }
}
