package dev.terrane.command;

/** The lane's store could not be reached, or was cut off while it worked: nothing is known to have been done, and the same call may be made again. */
public final class LaneUnavailableException extends RuntimeException {
    public LaneUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
