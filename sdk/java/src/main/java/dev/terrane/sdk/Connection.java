package dev.terrane.sdk;

import dev.terrane.protocol.client.ErrorCode;
import dev.terrane.protocol.client.ServerMessage.ServerError;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A connection that comes back.
 *
 * <pre>
 *   open ─► token ─► socket ─► greet … welcomed: open ─► lost ─► wait ─► token …
 *              └────────┴── refused for good, or closed by its owner: over
 * </pre>
 *
 * <p>Any thread may send and close. Of two sockets only the newest is listened to.
 */
final class Connection {
    private static final Duration HANDSHAKE_TIMEOUT = Duration.ofSeconds(10);
    /** A connection that lived this long starts anew with the shortest delay; one that dies at once must not be hammered. */
    private static final long STEADY_NANOS = TimeUnit.SECONDS.toNanos(5);

    private static final long BEAT_MILLIS = 500;
    private static final long SILENCE_NANOS_MAX = TimeUnit.SECONDS.toNanos(10);
    private static final int CLOSE_CODE_FIRST = 4000;
    private static final int CLOSE_REASON_CHARS_MAX = 40;

    private final ClientOptions options;
    private final Events events;
    private final int messageBytesMax;

    private String guestToken = "";
    private String expiredToken = "";
    private int attempt;
    /** Which gateway is tried; the next is, whenever a connection ends. */
    private int turn;

    private int socketNumber;
    private @Nullable WebSocket socket;
    private @Nullable SocketWriter writer;
    /** Holds back what is sent and heard; null: nobody does. */
    private @Nullable LinkDelay delay;

    private @Nullable ServerError lastError;
    private boolean welcomed;
    private long welcomedAtNanos;
    private boolean over;

    /** Who is told what the connection does; never two calls at once. */
    interface Events {
        /** The socket is open: time to say Hello. */
        void connected();

        /** @throws RuntimeException when the server cannot be followed: the connection is made anew */
        void message(byte[] bytes, int length);

        /** About once a second while connected: time to send something. */
        void beat();

        void lost(ErrorCode error, String reason);

        void closed(ErrorCode error, String reason);
    }

    Connection(ClientOptions options, int messageBytesMax, Events events) {
        this.options = options;
        this.messageBytesMax = messageBytesMax;
        this.events = events;
    }

    void open() {
        int number;
        int where;
        String known;
        synchronized (this) {
            if (over) {
                return;
            }
            where = turn;
            lastError = null;
            number = ++socketNumber;
            known = options.isGuest() ? guestToken : options.token();
        }
        // Outside the lock: what comes back may come back at once, and calls the listener.
        CompletableFuture<String> token =
                known.isEmpty() ? fetchGuestToken(where) : CompletableFuture.completedFuture(known);
        token.thenCompose(secret -> options.http()
                        .newWebSocketBuilder()
                        .connectTimeout(HANDSHAKE_TIMEOUT)
                        .header("Authorization", "Bearer " + secret)
                        .buildAsync(options.url(where), new Socket(number)))
                .whenComplete((_, failure) -> {
                    if (failure != null) {
                        lost(number, errorOf(failure), reasonOf(failure));
                    }
                });
    }

    boolean send(byte[] message) {
        SocketWriter current;
        LinkDelay slow;
        synchronized (this) {
            current = writer;
            slow = delay;
        }
        if (current == null || slow == null) {
            return current != null && current.send(message);
        }
        return slow.send(message.length, () -> current.send(message));
    }

    /** The server took us in. */
    synchronized void welcomed() {
        welcomed = true;
        welcomedAtNanos = System.nanoTime();
    }

    /** The server said what is wrong, mostly right before it closes the connection. */
    synchronized void noteError(ServerError error) {
        if (error.fatal()) {
            lastError = error;
        }
    }

    void close(String reason) {
        synchronized (this) {
            if (over) {
                return;
            }
            over = true;
            dropSocket(WebSocket.NORMAL_CLOSURE, reason);
        }
        events.closed(ErrorCode.NONE, reason);
    }

    private CompletableFuture<String> fetchGuestToken(int where) {
        String expired;
        synchronized (this) {
            expired = expiredToken;
        }
        return GuestTokens.fetch(options.http(), options.guestUrl(where), expired)
                .thenApply(token -> {
                    synchronized (this) {
                        guestToken = token;
                        expiredToken = "";
                    }
                    return token;
                });
    }

    private synchronized boolean isCurrent(int number) {
        return !over && number == socketNumber;
    }

    private void lost(int number, ErrorCode closeError, String closeReason) {
        ErrorCode error;
        String reason;
        long delayMillis;
        synchronized (this) {
            if (!isCurrent(number)) {
                return;
            }
            socketNumber++;
            turn++;
            dropSocket(WebSocket.NORMAL_CLOSURE, "");
            ServerError said = lastError;
            error = said == null ? closeError : said.code();
            reason = said == null || said.message().isEmpty() ? closeReason : said.message();
            attempt = welcomed && System.nanoTime() - welcomedAtNanos >= STEADY_NANOS ? 0 : attempt;
            welcomed = false;
            if (error == ErrorCode.UNAUTHORIZED || error == ErrorCode.TOKEN_EXPIRED) {
                expiredToken = error == ErrorCode.TOKEN_EXPIRED ? guestToken : "";
                guestToken = "";
            }
            over = attempt >= options.reconnect().attemptCountMax()
                    || !ReconnectPolicy.isWorthRetrying(error, options.isGuest());
            long asked = said == null ? 0 : said.retryAfterMillis();
            delayMillis = Math.max(
                    asked,
                    options.reconnect()
                            .delayMillis(attempt++, ThreadLocalRandom.current().nextDouble()));
        }
        if (isOver()) {
            events.closed(error, reason);
        } else {
            events.lost(error, reason);
            CompletableFuture.delayedExecutor(delayMillis, TimeUnit.MILLISECONDS)
                    .execute(this::open);
        }
    }

    private synchronized boolean isOver() {
        return over;
    }

    private void dropSocket(int code, String reason) {
        WebSocket old = socket;
        socket = null;
        writer = null;
        if (delay != null) {
            delay.close();
            delay = null;
        }
        if (old != null && !old.isOutputClosed()) {
            String text = reason.substring(0, Math.min(reason.length(), CLOSE_REASON_CHARS_MAX));
            // Without an answer within its own patience the server closes the wire; this side need not wait for it.
            old.sendClose(code, text).whenComplete((_, failure) -> {
                if (failure != null) {
                    old.abort();
                }
            });
        } else if (old != null) {
            old.abort();
        }
    }

    private static ErrorCode errorOf(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        int status = switch (cause) {
            case WebSocketHandshakeException refused -> refused.getResponse().statusCode();
            case GuestTokens.RefusedException refused -> refused.statusCode;
            default -> 0;
        };
        return switch (status) {
            case 0 -> ErrorCode.NONE;
            case 401 -> ErrorCode.UNAUTHORIZED;
            case 403 -> ErrorCode.FORBIDDEN_ORIGIN;
            case 429, 503 -> ErrorCode.TOO_MANY_CONNECTIONS;
            default -> ErrorCode.INTERNAL;
        };
    }

    private static String reasonOf(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof WebSocketHandshakeException refused) {
            return "the server refused the connection with status "
                    + refused.getResponse().statusCode();
        }
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }

    /** One socket's ears. The HTTP client calls them one at a time. */
    private final class Socket implements WebSocket.Listener {
        private final int number;
        private final MessageAssembler assembler = new MessageAssembler(messageBytesMax);
        private volatile long heardAtNanos;
        private @Nullable LinkDelay slow;

        Socket(int number) {
            this.number = number;
        }

        @Override
        public void onOpen(WebSocket opened) {
            boolean current;
            slow = delayOf(opened);
            synchronized (Connection.this) {
                current = isCurrent(number);
                if (current) {
                    socket = opened;
                    delay = slow;
                    writer = new SocketWriter(opened, failure -> lost(number, ErrorCode.NONE, reasonOf(failure)));
                }
            }
            if (current) {
                events.connected();
                // All at once: messages still come one at a time, and the next is read only after the callback. But
                // what is held back has a limit.
                opened.request(slow == null ? Long.MAX_VALUE : 1);
                heardAtNanos = System.nanoTime();
                watch();
            } else {
                opened.abort();
            }
        }

        /**
         * Some ends are not told to anybody: a peer that lost its power says nothing, and JDK 25 can swallow the end of the stream
         * when it comes during a callback. Then sending fails, or silence tells.
         */
        private void watch() {
            CompletableFuture.delayedExecutor(BEAT_MILLIS, TimeUnit.MILLISECONDS)
                    .execute(() -> {
                        if (System.nanoTime() - heardAtNanos > SILENCE_NANOS_MAX) {
                            lost(number, ErrorCode.NONE, "the server has fallen silent");
                        } else if (isCurrent(number)) {
                            events.beat();
                            watch();
                        }
                    });
        }

        @Override
        public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
            if (isCurrent(number)) {
                heardAtNanos = System.nanoTime();
                try {
                    hear(from, data, last);
                } catch (RuntimeException e) {
                    lost(number, ErrorCode.MALFORMED, "cannot follow the server: " + e);
                }
            }
            return null;
        }

        private void hear(WebSocket from, ByteBuffer data, boolean last) {
            boolean whole = assembler.add(data, last);
            if (slow == null) {
                if (whole) {
                    events.message(assembler.bytes(), assembler.size());
                }
                return;
            }
            boolean room = true;
            if (whole) {
                byte[] message = Arrays.copyOf(assembler.bytes(), assembler.size());
                room = slow.hear(message.length, () -> arrived(message));
            }
            if (room) {
                from.request(1);
            }
        }

        private void arrived(byte[] message) {
            if (isCurrent(number)) {
                try {
                    events.message(message, message.length);
                } catch (RuntimeException e) {
                    lost(number, ErrorCode.MALFORMED, "cannot follow the server: " + e);
                }
            }
        }

        private @Nullable LinkDelay delayOf(WebSocket opened) {
            long luck = (long) options.name().hashCode() << Integer.SIZE | number;
            return options.link().isNone() ? null : new LinkDelay(options.link(), luck, () -> opened.request(1));
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            ErrorCode error = code > CLOSE_CODE_FIRST && code < CLOSE_CODE_FIRST + 1000
                    ? ErrorCode.of(code - CLOSE_CODE_FIRST)
                    : ErrorCode.NONE;
            String said = reason.isEmpty() ? "the server closed the connection with code " + code : reason;
            if (slow == null) {
                lost(number, error, said);
            } else {
                slow.hear(0, () -> lost(number, error, said)); // behind what it said before
            }
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable failure) {
            lost(number, ErrorCode.NONE, reasonOf(failure));
        }
    }
}
