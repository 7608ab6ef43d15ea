package dev.terrane.http;

import dev.terrane.base.Clock;
import dev.terrane.conditions.LinkModel;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelPromise;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One direction of a conditioned connection: what is under way, until it arrives. Its loop's thread only. */
final class DelayLine {
    /** What holding a message costs besides its bytes: many empty ones are not free, either. */
    static final int ENTRY_BYTES = 96;

    private final LinkModel model;
    private final Clock clock;
    private final EventExecutor loop;
    private final Exit exit;
    private final Deque<Held> underWay = new ArrayDeque<>();
    private final Runnable arrive = this::arrive;
    private long heldBytes;
    private @Nullable ScheduledFuture<?> timer;

    /** Where messages come out. */
    interface Exit {
        /** The message is the exit's. */
        void arrived(Object message, @Nullable ChannelPromise promise);

        /** All that was due has come out. */
        void arrivedAll();
    }

    private record Held(Object message, int bytes, @Nullable ChannelPromise promise, long dueNanos) {}

    DelayLine(LinkModel model, Clock clock, EventExecutor loop, Exit exit) {
        this.model = model;
        this.clock = clock;
        this.loop = loop;
        this.exit = exit;
    }

    /** Takes a message and holds it until it arrives. */
    void send(Object message, @Nullable ChannelPromise promise) {
        int bytes = message instanceof ByteBuf buffer ? buffer.readableBytes() : 0;
        underWay.add(new Held(message, bytes, promise, model.arrivalNanos(clock.nanos(), bytes)));
        heldBytes += bytes + ENTRY_BYTES;
        if (timer == null) {
            schedule();
        }
    }

    boolean isEmpty() {
        return underWay.isEmpty();
    }

    long heldBytes() {
        return heldBytes;
    }

    /** Nothing arrives any more: messages are released, and whoever waits for one to be written hears the cause. */
    void drop(Throwable cause) {
        ScheduledFuture<?> pending = timer;
        timer = null;
        if (pending != null) {
            pending.cancel(false);
        }
        for (Held next = poll(); next != null; next = poll()) {
            ReferenceCountUtil.release(next.message);
            if (next.promise != null) {
                next.promise.tryFailure(cause);
            }
        }
    }

    private void schedule() {
        Held first = underWay.peek();
        if (first != null) {
            timer = loop.schedule(arrive, Math.max(0, first.dueNanos - clock.nanos()), TimeUnit.NANOSECONDS);
        }
    }

    private void arrive() {
        timer = null;
        long now = clock.nanos();
        for (Held next = underWay.peek(); next != null && next.dueNanos - now <= 0; next = underWay.peek()) {
            poll();
            exit.arrived(next.message, next.promise);
        }
        exit.arrivedAll();
        if (timer == null) { // what has arrived may have made somebody send
            schedule();
        }
    }

    private @Nullable Held poll() {
        Held next = underWay.poll();
        if (next != null) {
            heldBytes -= next.bytes + ENTRY_BYTES;
        }
        return next;
    }
}
