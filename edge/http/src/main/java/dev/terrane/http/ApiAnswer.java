package dev.terrane.http;

/** What an operation answers. */
public sealed interface ApiAnswer {
    /** @param json a whole value */
    record Json(int status, String json) implements ApiAnswer {}

    /**
     * Not done.
     *
     * @param status of HTTP, 400 or more
     * @param errorCode {@code lower_snake}, for programs
     * @param reason for people
     * @param retryAfterSeconds 0: no advice
     */
    record Refused(int status, String errorCode, String reason, int retryAfterSeconds) implements ApiAnswer {}

    static ApiAnswer ok(String json) {
        return new Json(200, json);
    }

    static ApiAnswer refused(int status, String errorCode, String reason) {
        return new Refused(status, errorCode, reason, 0);
    }
}
