package dev.terrane.sdk;

import dev.terrane.base.Clock;
import dev.terrane.conditions.LinkModel;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * One direction of a connection whose network is made worse: what is under way, until it arrives. Any thread may send; arrivals run one after the other, in order, on
 * the alarm's threads.
 */
final class DelayedWay {
    /** What holding a message costs besides its bytes. */
    private static final int ENTRY_BYTES = 64;

    private final LinkModel model;
    private final Clock clock;
    private final Alarm alarm;
    private final long bytesMax;
    private final Runnable room;
    private final Deque<UnderWay> underWay = new ArrayDeque<>();
    private long heldBytes;
    /** Somebody waits for room. */
    private boolean full;
    /** The alarm is set, or arrivals run. */
    private boolean awake;

    private boolean closed;

    /** Runs work later. */
    interface Alarm {
        void after(long nanos, Runnable work);
    }

    private record UnderWay(Runnable arrival, int bytes, long dueNanos) {}

    /**
     * @param bytesMax above which it is full; what is sent then is taken nevertheless
     * @param room run on the alarm's threads when a way that was found full is half empty
     */
    DelayedWay(LinkModel model, Clock clock, Alarm alarm, long bytesMax, Runnable room) {
        this.model = model;
        this.clock = clock;
        this.alarm = alarm;
        this.bytesMax = bytesMax;
        this.room = room;
    }

    /** Holds the arrival back until then. False when the way is full now. After {@link #close} nothing happens. */
    boolean send(int bytes, Runnable arrival) {
        synchronized (this) {
            if (closed) {
                return true;
            }
            long now = clock.nanos();
            underWay.add(new UnderWay(arrival, bytes, model.arrivalNanos(now, bytes)));
            heldBytes += bytes + ENTRY_BYTES;
            full |= heldBytes >= bytesMax;
            wakeLater(now);
            return !full;
        }
    }

    synchronized boolean full() {
        return full;
    }

    /** Nothing arrives any more, but for what arrives right now. */
    synchronized void close() {
        closed = true;
        underWay.clear();
        heldBytes = 0;
    }

    private void wakeLater(long nowNanos) {
        UnderWay first = underWay.peek();
        if (!awake && first != null) {
            awake = true;
            alarm.after(Math.max(0, first.dueNanos - nowNanos), this::arrive);
        }
    }

    private void arrive() {
        for (Runnable next = nextDue(); next != null; next = nextDue()) {
            next.run();
        }
        boolean roomy;
        synchronized (this) {
            awake = false;
            wakeLater(clock.nanos());
            roomy = full && !closed && heldBytes < bytesMax / 2;
            full &= !roomy;
        }
        if (roomy) {
            room.run();
        }
    }

    private synchronized @Nullable Runnable nextDue() {
        UnderWay first = underWay.peek();
        if (first == null || first.dueNanos - clock.nanos() > 0) {
            return null;
        }
        underWay.remove();
        heldBytes -= first.bytes + ENTRY_BYTES;
        return first.arrival;
    }
}
