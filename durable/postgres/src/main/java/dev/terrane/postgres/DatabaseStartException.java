package dev.terrane.postgres;

import org.jspecify.annotations.Nullable;

/** Our own database server could not be started. The message says why and what to do. */
public final class DatabaseStartException extends RuntimeException {
    DatabaseStartException(String message) {
        this(message, null);
    }

    DatabaseStartException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
