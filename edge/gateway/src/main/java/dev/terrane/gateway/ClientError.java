package dev.terrane.gateway;

/** What can be wrong with a client or its connection; the same numbers as {@code ErrorCode} in client.fbs. */
public enum ClientError {
    MALFORMED(1),
    VERSION_MISMATCH(2),
    HELLO_EXPECTED(3),
    UNKNOWN_MESSAGE(4),
    MESSAGE_TOO_LARGE(5),
    RATE_LIMITED(6),
    INVALID_INPUT(7),
    UNKNOWN_WORLD(8),
    INVALID_NAME(9),
    SESSION_REPLACED(10),
    SERVER_FULL(11),
    SHUTTING_DOWN(12),
    BACKPRESSURE_INPUT(13),
    SLOW_CLIENT(14),
    IDLE_TIMEOUT(15),
    UNAUTHORIZED(16),
    TOKEN_EXPIRED(17),
    INTERNAL(18),
    COMMAND_REFUSED(19),
    RESUME_REFUSED(20),
    FORBIDDEN_ORIGIN(21),
    TOO_MANY_CONNECTIONS(22);

    /** WebSocket's own "going away": the server stops, reconnect later. */
    public static final int CLOSE_GOING_AWAY = 1001;

    private static final int CLOSE_BASE = 4000;

    private final int code;

    ClientError(int code) {
        this.code = code;
    }

    /** Number on the wire. */
    public int code() {
        return code;
    }

    /** WebSocket close code after a fatal error of this kind: 4000 + {@link #code}, and 1001 for SHUTTING_DOWN. */
    public int closeCode() {
        return this == SHUTTING_DOWN ? CLOSE_GOING_AWAY : CLOSE_BASE + code;
    }
}
