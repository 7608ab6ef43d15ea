package dev.terrane.sdk;

import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Sends one message after the other, as the socket demands, and never waits. Any thread may use it. */
final class SocketWriter {
    private final WebSocket socket;
    private final Deque<ByteBuffer> waiting = new ArrayDeque<>();
    private final Consumer<Throwable> broken;
    private boolean sending;

    /** @param broken told once when sending fails: the socket's own listener may then hear nothing at all */
    SocketWriter(WebSocket socket, Consumer<Throwable> broken) {
        this.socket = socket;
        this.broken = broken;
    }

    /** False when too much waits already: the message is dropped. */
    boolean send(byte[] message) {
        synchronized (this) {
            if (waiting.size() >= Transport.Line.WAITING_COUNT_MAX) {
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
                sent.whenComplete((_, failure) -> {
                    if (failure == null) {
                        pump();
                    } else {
                        broken.accept(failure);
                    }
                });
                return;
            }
            if (sent.isCompletedExceptionally()) {
                broken.accept(sent.exceptionNow());
                return;
            }
        }
    }
}
