package dev.terrane.server;

/** The server cannot start; the message says what is in the way and what to do. Whatever had started was stopped again. */
public final class StartException extends RuntimeException {
    StartException(String message, Throwable cause) {
        super(message, cause);
    }
}
