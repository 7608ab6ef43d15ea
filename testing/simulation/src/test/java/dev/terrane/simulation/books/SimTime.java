package dev.terrane.simulation.books;

import dev.terrane.base.Rng;
import java.util.Comparator;
import java.util.PriorityQueue;

/** Simulated time: what is to happen when, in an order that a seed decides. */
final class SimTime {
    static final long MILLI = 1_000_000;

    private static final int EVENT_COUNT_MAX = 200_000;

    private final PriorityQueue<Due> queue =
            new PriorityQueue<>(Comparator.comparingLong(Due::nanos).thenComparingLong(Due::order));
    final Rng rng;
    private long order;
    private long nanos = 1;

    private record Due(long nanos, long order, Runnable work) {}

    SimTime(long seed) {
        this.rng = new Rng(Rng.mix(seed));
    }

    long nanos() {
        return nanos;
    }

    /** As a Unix time, too. */
    long millis() {
        return nanos / MILLI;
    }

    void in(long delayNanos, Runnable work) {
        queue.add(new Due(nanos + Math.max(0, delayNanos), order++, work));
    }

    /** Up to so many milliseconds. */
    long someMillis(int max) {
        return (long) (rng.nextFloat(0.1f, max) * MILLI);
    }

    /** Does everything that is due within a while. */
    void run(long forNanos) {
        long until = nanos + forNanos;
        int count = 0;
        while (!queue.isEmpty() && queue.element().nanos <= until) {
            Due due = queue.remove();
            nanos = due.nanos;
            due.work.run();
            if (++count > EVENT_COUNT_MAX) {
                throw new BooksViolation(Rule.END, "more than " + count + " events in one slice of time");
            }
        }
        nanos = until;
    }
}
