package dev.terrane.bench.load.cluster;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one player has seen, as long as it is not forgotten. Any thread. */
final class Diary {
    /** A few minutes: whoever asks about less than that finds everything. */
    private static final int SIGHTINGS_MAX = 20_000;

    private final Deque<Sighting> sightings = new ArrayDeque<>();
    private final List<Long> lossNanos = new ArrayList<>();
    private @Nullable Sighting lastNews;

    synchronized void saw(Sighting sighting) {
        if (lastNews == null || sighting.isNewsAfter(lastNews)) {
            lastNews = sighting;
        }
        sightings.addLast(sighting);
        if (sightings.size() > SIGHTINGS_MAX) {
            sightings.removeFirst();
        }
    }

    /** The socket is gone. */
    synchronized void lost(long nanos) {
        lossNanos.add(nanos);
    }

    /** The last that brought news, or null: nothing yet. */
    synchronized @Nullable Sighting lastNews() {
        return lastNews;
    }

    /** Everything since then, and before it the last that brought news until then. */
    synchronized List<Sighting> since(long nanos) {
        List<Sighting> found = new ArrayList<>();
        Sighting before = null;
        for (Sighting each : sightings) {
            if (each.nanos() >= nanos) {
                found.add(each);
            } else if (before == null || each.isNewsAfter(before)) {
                before = each;
            }
        }
        if (before != null) {
            found.addFirst(before);
        }
        return found;
    }

    /** How often the socket was lost since then. */
    synchronized int lossesSince(long nanos) {
        return (int) lossNanos.stream().filter(each -> each >= nanos).count();
    }
}
