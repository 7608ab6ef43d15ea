package dev.terrane.sdk;

import dev.terrane.base.Clock;
import dev.terrane.base.Rng;
import dev.terrane.conditions.LinkConditions;
import dev.terrane.conditions.LinkModel;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The network of one connection, made worse at the client's side. The handshake is over before it begins, and closing is not delayed. Any thread.
 *
 * <pre>
 *   send ─► under way ─► socket ─► …        full: the message is refused, as by a socket that is stuck
 *   told ◄─ under way ◄─ socket ◄─ …        full: the socket is not asked for more
 * </pre>
 */
final class LinkDelay {
    /** Seconds of inputs; beyond, the connection is stuck. */
    private static final int OUT_BYTES_MAX = 64 * 1024;
    /** As a TCP window. */
    private static final int IN_BYTES_MAX = 256 * 1024;

    private final DelayedWay out;
    private final DelayedWay in;

    /**
     * @param number of the connection: each has its own luck
     * @param room run when there is room for what comes in again, after {@link #hear} has said that there is none
     */
    LinkDelay(LinkConditions conditions, long number, Runnable room) {
        long luck = Rng.mix(number);
        Clock clock = Clock.system();
        long now = clock.nanos();
        DelayedWay.Alarm alarm = (nanos, work) -> Timer.SHARED.schedule(work, nanos, TimeUnit.NANOSECONDS);
        out = new DelayedWay(new LinkModel(conditions, luck, now), clock, alarm, OUT_BYTES_MAX, () -> {});
        in = new DelayedWay(new LinkModel(conditions, ~luck, now), clock, alarm, IN_BYTES_MAX, room);
    }

    /** @return false when too much is under way: the message is dropped */
    boolean send(int bytes, Runnable arrival) {
        if (out.full()) {
            return false;
        }
        out.send(bytes, arrival);
        return true;
    }

    /** @return false when no more may come for now */
    boolean hear(int bytes, Runnable arrival) {
        return in.send(bytes, arrival);
    }

    void close() {
        out.close();
        in.close();
    }

    /** One for all clients: a thread for each would be no way to run a thousand bots. */
    private static final class Timer {
        private static final int THREAD_COUNT = 2;
        static final ScheduledExecutorService SHARED = new ScheduledThreadPoolExecutor(
                THREAD_COUNT,
                Thread.ofPlatform().daemon().name("terrane-link-", 0).factory());
    }
}
