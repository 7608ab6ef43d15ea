package dev.terrane.server.cli.cluster;

import org.jspecify.annotations.Nullable;

/** The cluster cannot be started or found as things are; the message says what to do. */
public final class ClusterUnusableException extends RuntimeException {
    ClusterUnusableException(String message) {
        super(message);
    }

    ClusterUnusableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
