package dev.terrane.sdk;

/** What became of a durable command. */
public sealed interface CommandAnswer {
    /** As asked with. */
    String requestId();

    /** Carried out, exactly once. @param payload JSON, or empty */
    record Done(String requestId, byte[] payload) implements CommandAnswer {}

    /**
     * Refused, and nothing was changed; but with the codes {@code DEAD} and {@code BUSY} nobody can say so: the server has put it aside, or this client has stopped asking, and it may have happened, or
     * happen yet. The same request again finds out.
     *
     * @param errorCode {@code UPPER_SNAKE}, for programs
     * @param reason for people
     * @param retryAfterMillis 0: the same again is of no use
     */
    record Refused(String requestId, String errorCode, String reason, int retryAfterMillis) implements CommandAnswer {}
}
