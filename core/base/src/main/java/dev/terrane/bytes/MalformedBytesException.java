package dev.terrane.bytes;

/** Bytes that do not have the form they should have. The message says what was expected and at which offset. */
public final class MalformedBytesException extends RuntimeException {
    public MalformedBytesException(String message) {
        super(message);
    }
}
