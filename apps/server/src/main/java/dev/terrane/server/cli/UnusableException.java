package dev.terrane.server.cli;

/** The command cannot be carried out on this machine or with these options; the message says what to do. */
final class UnusableException extends RuntimeException {
    UnusableException(String message) {
        super(message);
    }
}
