package dev.terrane.checkpoint;

/** The store could not be reached or did not answer in time. Nothing was decided; trying again is safe. */
public final class StoreUnavailableException extends RuntimeException {
    public StoreUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
