package dev.terrane.sdk;

/** The client was closed before the result came: whether the command was carried out is not known. Asking again with its request id tells. */
public final class CommandLostException extends RuntimeException {
    private final String requestId;

    CommandLostException(String requestId, String why) {
        super(why + "; ask again with the request id " + requestId + " to learn what became of it");
        this.requestId = requestId;
    }

    public String requestId() {
        return requestId;
    }
}
