package dev.terrane.server.lanes;

import dev.terrane.base.Meters;
import dev.terrane.command.EventEnvelope;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Events of the last minute, each once, in the order in which they were heard: for whoever may not have heard them. Bounded in time, in number and in bytes; what goes before its time is counted.
 *
 * <p>Not thread-safe: one owner.
 */
public final class RecentEvents {
    static final long KEPT_NANOS = TimeUnit.MINUTES.toNanos(1);
    static final int COUNT_MAX = 50_000;
    static final long BYTES_MAX = 8 << 20;

    private static final int OVERHEAD_BYTES = 64;

    /** Of the newest of all; the first has number 1. */
    private long newest;

    private final Deque<Kept> all = new ArrayDeque<>();
    private final Map<String, Deque<Kept>> byAddressee = new HashMap<>();
    private final Set<String> ids = new HashSet<>();
    private final Meters.Count dropped;
    private long bytes;

    /** An event, and the how manyth it was. */
    public record Kept(long number, EventEnvelope event, long untilNanos) {
        /** About what it takes, here and in a message. */
        public int bytes() {
            int characters = event.topic().length()
                    + event.key().length()
                    + event.eventId().length()
                    + event.causationId().length();
            return event.payload().length + characters + OVERHEAD_BYTES;
        }
    }

    public RecentEvents(Meters meters) {
        this.dropped = meters.count("events_forgotten_early");
    }

    /** Keeps it. @return false if it is known already */
    public boolean add(EventEnvelope event, long nowNanos) {
        expire(nowNanos);
        if (!ids.add(event.eventId())) {
            return false;
        }
        Kept kept = new Kept(++newest, event, nowNanos + KEPT_NANOS);
        all.add(kept);
        byAddressee
                .computeIfAbsent(PlayerEvents.addressee(event), _ -> new ArrayDeque<>())
                .add(kept);
        bytes += kept.bytes();
        while (all.size() > COUNT_MAX || bytes > BYTES_MAX) {
            dropOldest();
            dropped.one();
        }
        return true;
    }

    /** The newest one's number; 0 before the first. */
    public long newest() {
        return newest;
    }

    /** Those that came after that one, and are kept. */
    public List<Kept> after(long number) {
        List<Kept> later = new ArrayList<>();
        Iterator<Kept> newestFirst = all.descendingIterator();
        while (newestFirst.hasNext()) {
            Kept kept = newestFirst.next();
            if (kept.number <= number) {
                break;
            }
            later.add(kept);
        }
        Collections.reverse(later);
        return later;
    }

    /** The newest of one addressee that are no more than these, in order. @param addressee as {@link PlayerEvents#addressee} says */
    List<EventEnvelope> newestOf(String addressee, int countMax, int bytesMax) {
        List<EventEnvelope> newestFirst = new ArrayList<>();
        Iterator<Kept> back =
                byAddressee.getOrDefault(addressee, new ArrayDeque<>()).descendingIterator();
        int taken = 0;
        while (back.hasNext() && newestFirst.size() < countMax) {
            Kept kept = back.next();
            taken += kept.bytes();
            if (taken > bytesMax) {
                break;
            }
            newestFirst.add(kept.event);
        }
        return newestFirst.reversed();
    }

    /** What is too old goes. {@link #add} sees to it, too. */
    public void expire(long nowNanos) {
        while (!all.isEmpty() && all.getFirst().untilNanos - nowNanos <= 0) {
            dropOldest();
        }
    }

    private void dropOldest() {
        Kept oldest = all.removeFirst();
        bytes -= oldest.bytes();
        ids.remove(oldest.event.eventId());
        byAddressee.computeIfPresent(PlayerEvents.addressee(oldest.event), (_, own) -> {
            own.removeFirst();
            return own.isEmpty() ? null : own;
        });
    }
}
