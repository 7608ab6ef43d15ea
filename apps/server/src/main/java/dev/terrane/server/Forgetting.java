package dev.terrane.server;

import dev.terrane.base.Clock;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Forgets old outcomes wherever they are kept, a piece here and a piece there until nothing old is left or the time is over. A place that fails keeps no other from its turn. */
final class Forgetting {
    /** A piece is deleted in a fraction of the time that a statement is given. */
    static final int PIECE_COUNT_MAX = 5_000;

    private final Map<String, Place> places;
    private final Clock clock;
    private final long nanosMax;

    /** One that keeps outcomes. */
    @FunctionalInterface
    interface Place {
        /** @return how many went; fewer than {@code countMax}: nothing old is left */
        long forget(int countMax);
    }

    /** @param nanosMax of a run: shorter than a lane waits for its answer */
    Forgetting(Map<String, Place> places, Clock clock, long nanosMax) {
        this.places = new LinkedHashMap<>(places);
        this.clock = clock;
        this.nanosMax = nanosMax;
    }

    /**
     * What to say of it.
     *
     * @throws IllegalStateException at the end, if a place has failed; its own exceptions are suppressed in it
     */
    String run() {
        Map<String, Place> left = new LinkedHashMap<>(places);
        Map<String, RuntimeException> failed = new LinkedHashMap<>();
        long end = clock.nanos() + nanosMax;
        long total = 0;
        while (!left.isEmpty() && clock.nanos() - end < 0) {
            for (Iterator<Map.Entry<String, Place>> each = left.entrySet().iterator(); each.hasNext(); ) {
                Map.Entry<String, Place> place = each.next();
                try {
                    long went = place.getValue().forget(PIECE_COUNT_MAX);
                    total += went;
                    if (went < PIECE_COUNT_MAX) {
                        each.remove();
                    }
                } catch (RuntimeException e) {
                    failed.put(place.getKey(), e);
                    each.remove();
                }
            }
        }
        if (!failed.isEmpty()) {
            IllegalStateException failure =
                    new IllegalStateException(total + " outcomes forgotten, but not all of " + failed.keySet());
            failed.values().forEach(failure::addSuppressed);
            throw failure;
        }
        List<String> behind = new ArrayList<>(left.keySet());
        return total + " outcomes forgotten" + (behind.isEmpty() ? "" : "; the next run goes on with " + behind);
    }
}
