package dev.terrane.queue;

import java.util.function.Consumer;
import org.jctools.queues.atomic.MpscAtomicArrayQueue;
import org.jspecify.annotations.Nullable;

/**
 * A bounded mailbox: any thread may {@link #offer}, one thread at a time may {@link #poll} and {@link #drain}.
 *
 * <p>Nobody waits: a full inbox refuses. The capacity is rounded up to a power of two.
 */
public final class Inbox<T> {
    private final MpscAtomicArrayQueue<T> queue;

    public Inbox(int capacity) {
        this.queue = new MpscAtomicArrayQueue<>(capacity);
    }

    /** False when full: the message stays with the caller. */
    public boolean offer(T message) {
        return queue.relaxedOffer(message);
    }

    /** The oldest message, or null when there is none. Reader only. */
    public @Nullable T poll() {
        return queue.relaxedPoll();
    }

    /** The oldest message, which stays; null when there is none. Reader only. */
    public @Nullable T peek() {
        return queue.relaxedPeek();
    }

    /** Hands at most {@code countMax} messages to {@code reader}, oldest first; returns how many. Reader only. */
    public int drain(Consumer<? super T> reader, int countMax) {
        int taken = 0;
        T next;
        while (taken < countMax && (next = queue.relaxedPoll()) != null) {
            reader.accept(next);
            taken++;
        }
        return taken;
    }

    /** About how many wait; exact only when nobody writes. */
    public int size() {
        return queue.size();
    }

    public int capacity() {
        return queue.capacity();
    }
}
