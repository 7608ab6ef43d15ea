package dev.terrane.sdk;

import dev.terrane.protocol.client.ErrorCode;
import java.util.concurrent.CompletionException;

/** What is behind an attempt that failed. */
final class Failures {
    private Failures() {}

    static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    static String reasonOf(Throwable failure) {
        Throwable cause = cause(failure);
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }

    /** Of what HTTP answers. */
    static ErrorCode errorOf(int status) {
        return switch (status) {
            case 401 -> ErrorCode.UNAUTHORIZED;
            case 403 -> ErrorCode.FORBIDDEN_ORIGIN;
            case 429, 503 -> ErrorCode.TOO_MANY_CONNECTIONS;
            default -> ErrorCode.INTERNAL;
        };
    }
}
