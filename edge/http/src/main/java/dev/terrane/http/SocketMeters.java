package dev.terrane.http;

import dev.terrane.base.Meters;
import dev.terrane.protocol.client.ErrorCode;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts of all sockets. Any loop may use it. */
final class SocketMeters {
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger conditioned = new AtomicInteger();
    private final Meters.Count accepted;
    private final Meters.Count sentBytes;
    private final Meters.Count sentMessages;
    private final Meters.Count receivedBytes;
    private final Meters.Count receivedMessages;
    private final Map<ErrorCode, Meters.Count> refused = new EnumMap<>(ErrorCode.class);

    SocketMeters(Meters meters) {
        meters.gauge("ws_connections", open::get);
        meters.gauge("ws_conditioned", conditioned::get);
        accepted = meters.count("ws_accepted");
        sentBytes = meters.count("ws_sent_bytes");
        sentMessages = meters.count("ws_sent_messages");
        receivedBytes = meters.count("ws_received_bytes");
        receivedMessages = meters.count("ws_received_messages");
        for (ErrorCode error : ErrorCode.values()) {
            refused.put(error, meters.count("ws_refused", "reason", error.name()));
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
