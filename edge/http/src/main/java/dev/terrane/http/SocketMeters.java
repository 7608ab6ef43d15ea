package dev.terrane.http;

import dev.terrane.base.Meters;
import dev.terrane.protocol.client.ErrorCode;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts of all sockets that came in by one way. Any loop may use it. */
final class SocketMeters {
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger conditioned = new AtomicInteger();
    private final Meters.Count accepted;
    private final Meters.Count sentBytes;
    private final Meters.Count sentMessages;
    private final Meters.Count receivedBytes;
    private final Meters.Count receivedMessages;
    private final Map<ErrorCode, Meters.Count> refused = new EnumMap<>(ErrorCode.class);

    /** @param way what the names begin with: ws, tcp */
    SocketMeters(Meters meters, String way) {
        meters.gauge(way + "_connections", open::get);
        meters.gauge(way + "_conditioned", conditioned::get);
        accepted = meters.count(way + "_accepted");
        sentBytes = meters.count(way + "_sent_bytes");
        sentMessages = meters.count(way + "_sent_messages");
        receivedBytes = meters.count(way + "_received_bytes");
        receivedMessages = meters.count(way + "_received_messages");
        for (ErrorCode error : ErrorCode.values()) {
            refused.put(error, meters.count(way + "_refused", "reason", error.name()));
        }
    }

    void opened() {
        open.incrementAndGet();
        accepted.one();
    }

    void closed() {
        open.decrementAndGet();
    }

    /** Its network is worse than it is, until {@link #unconditioned}. */
    void conditioned() {
        conditioned.incrementAndGet();
    }

    void unconditioned() {
        conditioned.decrementAndGet();
    }

    void sent(int bytes) {
        sentBytes.add(bytes);
        sentMessages.one();
    }

    void received(int bytes) {
        receivedBytes.add(bytes);
        receivedMessages.one();
    }

    /** Turned away, or thrown out by the door itself. */
    void refused(ErrorCode error) {
        Meters.Count count = refused.get(error);
        if (count != null) {
            count.one();
        }
    }
}
