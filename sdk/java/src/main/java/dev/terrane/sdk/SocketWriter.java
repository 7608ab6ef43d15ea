package dev.terrane.sdk;

import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;

/** Sends one message after the other, as the socket demands, and never waits. Any thread may use it. */
final class SocketWriter {
    /** Waiting messages beyond which the connection is stuck: three seconds of inputs. */
    static final int WAITING_COUNT_MAX = 64;

    private final WebSocket socket;
    private final Deque<ByteBuffer> waiting = new ArrayDeque<>();
    private boolean sending;

    SocketWriter(WebSocket socket) {
        this.socket = socket;
    }

    /** False when too much waits already: the message is dropped. */
    boolean send(byte[] message) {
        synchronized (this) {
            if (waiting.size() >= WAITING_COUNT_MAX) {
                return false;
            }
            waiting.add(ByteBuffer.wrap(message));
            if (sending) {
                return true;
            }
            sending = true;
        }
        pump();
        return true;
    }

    private void pump() {
        while (true) {
            ByteBuffer next;
            synchronized (this) {
                next = waiting.poll();
                if (next == null) {
                    sending = false;
                    return;
                }
            }
            CompletableFuture<WebSocket> sent = socket.sendBinary(next, true);
            if (!sent.isDone()) {
                // A failure is told by the socket's listener; what waits is then of no use to anybody.
                sent.whenComplete((_, failure) -> {
                    if (failure == null) {
                        pump();
                    }
                });
                return;
            }
        }
    }
}
