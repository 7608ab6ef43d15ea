package dev.terrane.protocol.client;

/** What went wrong, as client.fbs numbers it: the ordinal is the number on the wire. docs/PROTOCOL.md says what to do about each. */
public enum ErrorCode {
    NONE,
    MALFORMED,
    VERSION_MISMATCH,
    HELLO_EXPECTED,
    UNKNOWN_MESSAGE,
    MESSAGE_TOO_LARGE,
    RATE_LIMITED,
    INVALID_INPUT,
    UNKNOWN_WORLD,
    INVALID_NAME,
    SESSION_REPLACED,
    SERVER_FULL,
    SHUTTING_DOWN,
    BACKPRESSURE_INPUT,
    SLOW_CLIENT,
    IDLE_TIMEOUT,
    UNAUTHORIZED,
    TOKEN_EXPIRED,
    INTERNAL,
    MESSAGE_REFUSED,
    RESUME_REFUSED,
    FORBIDDEN_ORIGIN,
    TOO_MANY_CONNECTIONS,
    KICKED;

    private static final ErrorCode[] VALUES = values();
    private static final int CLOSE_CODE_FIRST = 4000;
    private static final int GOING_AWAY = 1001;

    /** The WebSocket close code of a connection that ends for this reason. */
    public int closeCode() {
        return this == SHUTTING_DOWN ? GOING_AWAY : CLOSE_CODE_FIRST + ordinal();
    }

    /** {@link #INTERNAL} for a number that only a newer server knows. */
    public static ErrorCode of(int value) {
        return value >= 0 && value < VALUES.length ? VALUES[value] : INTERNAL;
    }
}
