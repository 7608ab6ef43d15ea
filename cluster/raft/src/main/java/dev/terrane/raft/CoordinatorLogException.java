package dev.terrane.raft;

import org.jspecify.annotations.Nullable;

/** The coordinators' log cannot be opened, or cannot go on. The message names the file or the address, and what to do. */
public final class CoordinatorLogException extends RuntimeException {
    CoordinatorLogException(String message) {
        this(message, null);
    }

    CoordinatorLogException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
