package dev.terrane.sdk;

import dev.terrane.protocol.client.ErrorCode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** WebSockets of the JDK's HTTP client, on whose threads it tells what it hears. */
final class WebSocketTransport implements Transport {
    private static final Duration HANDSHAKE_TIMEOUT = Duration.ofSeconds(10);
    private static final int CLOSE_CODE_FIRST = 4000;
    private static final int CLOSE_REASON_CHARS_MAX = 40;

    private final HttpClient http;
    private final int messageBytesMax;

    WebSocketTransport(HttpClient http, int messageBytesMax) {
        this.http = http;
        this.messageBytesMax = messageBytesMax;
    }

    @Override
    public boolean tellsToken() {
        return true;
    }

    @Override
    public void connect(URI url, String token, Ears ears) {
        http.newWebSocketBuilder()
                .connectTimeout(HANDSHAKE_TIMEOUT)
                .header("Authorization", "Bearer " + token)
                .buildAsync(url, new Socket(ears))
                .whenComplete((_, failure) -> {
                    if (failure != null) {
                        ears.ended(errorOf(failure), reasonOf(failure));
                    }
                });
    }

    private static ErrorCode errorOf(Throwable failure) {
        return Failures.cause(failure) instanceof WebSocketHandshakeException refused
                ? Failures.errorOf(refused.getResponse().statusCode())
                : ErrorCode.NONE;
    }

    private static String reasonOf(Throwable failure) {
        return Failures.cause(failure) instanceof WebSocketHandshakeException refused
                ? "the server refused the connection with status "
                        + refused.getResponse().statusCode()
                : Failures.reasonOf(failure);
    }

    /** One socket. The HTTP client calls it one call at a time. */
    private final class Socket implements WebSocket.Listener, Line {
        private final Ears ears;
        private final MessageAssembler assembler = new MessageAssembler(messageBytesMax);
        private volatile @Nullable WebSocket socket;
        private volatile @Nullable SocketWriter writer;

        Socket(Ears ears) {
            this.ears = ears;
        }

        @Override
        public void onOpen(WebSocket opened) {
            socket = opened;
            writer = new SocketWriter(opened, failure -> ears.ended(ErrorCode.NONE, reasonOf(failure)));
            if (ears.opened(this)) {
                // All at once: messages still come one at a time, and the next is read only after the callback.
                opened.request(ears.mayPause() ? 1 : Long.MAX_VALUE);
            } else {
                opened.abort();
            }
        }

        @Override
        public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
            try {
                boolean room = !assembler.add(data, last) || ears.heard(assembler.bytes(), assembler.size());
                if (room && ears.mayPause()) {
                    from.request(1);
                }
            } catch (RuntimeException e) {
                ears.ended(ErrorCode.MALFORMED, "cannot follow the server: " + e);
            }
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            ErrorCode error = code > CLOSE_CODE_FIRST && code < CLOSE_CODE_FIRST + 1000
                    ? ErrorCode.of(code - CLOSE_CODE_FIRST)
                    : ErrorCode.NONE;
            ears.ended(error, reason.isEmpty() ? "the server closed the connection with code " + code : reason);
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable failure) {
            ears.ended(ErrorCode.NONE, reasonOf(failure));
        }

        @Override
        public void more() {
            WebSocket current = socket;
            if (current != null) {
                current.request(1);
            }
        }

        @Override
        public boolean send(byte[] message) {
            SocketWriter out = writer;
            return out != null && out.send(message);
        }

        @Override
        public void close(String reason) {
            WebSocket old = socket;
            if (old != null && !old.isOutputClosed()) {
                String text = reason.substring(0, Math.min(reason.length(), CLOSE_REASON_CHARS_MAX));
                // Without an answer within its own patience the server closes the wire; this side need not wait for it.
                old.sendClose(WebSocket.NORMAL_CLOSURE, text).whenComplete((_, failure) -> {
                    if (failure != null) {
                        old.abort();
                    }
                });
            } else if (old != null) {
                old.abort();
            }
        }
    }
}
