package dev.terrane.sdk;

import dev.terrane.protocol.client.ErrorCode;
import dev.terrane.protocol.client.ServerMessage.ServerError;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A connection that comes back.
 *
 * <pre>
 *   open ─► token ─► line ─► greet … welcomed: open ─► lost ─► wait ─► token …
 *              └───────┴─── refused for good, or closed by its owner: over
 * </pre>
 *
 * <p>Any thread may send and close. Of two lines only the newest is listened to.
 */
final class Connection {
    /** A connection that lived this long starts anew with the shortest delay; one that dies at once must not be hammered. */
    private static final long STEADY_NANOS = TimeUnit.SECONDS.toNanos(5);

    private static final long BEAT_MILLIS = 500;
    private static final long SILENCE_NANOS_MAX = TimeUnit.SECONDS.toNanos(10);

    private final ClientOptions options;
    private final Events events;
    private final int messageBytesMax;

    private String guestToken = "";
    private String expiredToken = "";
    private int attempt;
    /** Which gateway is tried; the next is, whenever a connection ends. */
    private int turn;

    private int lineNumber;
    private Transport.@Nullable Line line;
    private @Nullable ServerError lastError;
    private boolean welcomed;
    private long welcomedAtNanos;
    private boolean over;

    /** Who is told what the connection does; never two calls at once. */
    interface Events {
        /** The line is open: time to say Hello. @param token to be told in it; empty: the server knows it already */
        void connected(String token);

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
            number = ++lineNumber;
            known = options.isGuest() ? guestToken : options.token();
        }
        // Outside the lock: what comes back may come back at once, and calls the listener.
        CompletableFuture<String> token =
                known.isEmpty() ? fetchGuestToken(where) : CompletableFuture.completedFuture(known);
        URI url = options.url(where);
        Transport transport = Transport.of(url, options, number, messageBytesMax);
        token.whenComplete((secret, failure) -> {
            if (failure != null) {
                lost(number, errorOf(failure), Failures.reasonOf(failure));
            } else {
                transport.connect(url, secret, new Listener(number, transport.tellsToken() ? "" : secret));
            }
        });
    }

    boolean send(byte[] message) {
        Transport.Line current;
        synchronized (this) {
            current = line;
        }
        return current != null && current.send(message);
    }

    /** Which gateway it is at, as {@link ClientOptions#url} counts them. */
    synchronized int turn() {
        return turn;
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
            drop(reason);
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
        return !over && number == lineNumber;
    }

    private void lost(int number, ErrorCode closeError, String closeReason) {
        ErrorCode error;
        String reason;
        long delayMillis;
        synchronized (this) {
            if (!isCurrent(number)) {
                return;
            }
            lineNumber++;
            turn++;
            drop("");
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

    private void drop(String reason) {
        Transport.Line old = line;
        line = null;
        if (old != null) {
            old.close(reason);
        }
    }

    private static ErrorCode errorOf(Throwable failure) {
        return Failures.cause(failure) instanceof GuestTokens.RefusedException refused
                ? Failures.errorOf(refused.statusCode)
                : ErrorCode.NONE;
    }

    /** Hears of one line. */
    private final class Listener implements Transport.Ears {
        private final int number;
        private final String token;
        private volatile long heardAtNanos;

        /** @param token to be told in Hello; empty: it was told already */
        Listener(int number, String token) {
            this.number = number;
            this.token = token;
        }

        @Override
        public boolean opened(Transport.Line opened) {
            synchronized (Connection.this) {
                if (!isCurrent(number)) {
                    return false;
                }
                line = opened;
            }
            events.connected(token);
            heardAtNanos = System.nanoTime();
            watch();
            return true;
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
        public boolean heard(byte[] bytes, int length) {
            if (isCurrent(number)) {
                heardAtNanos = System.nanoTime();
                events.message(bytes, length);
            }
            return true;
        }

        @Override
        public void ended(ErrorCode error, String reason) {
            lost(number, error, reason);
        }
    }
}
