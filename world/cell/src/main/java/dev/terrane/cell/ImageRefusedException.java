package dev.terrane.cell;

/** A checkpoint's image cannot be used. The message says why and what to do; nothing was changed. */
public final class ImageRefusedException extends RuntimeException {
    ImageRefusedException(String message) {
        super(message);
    }
}
