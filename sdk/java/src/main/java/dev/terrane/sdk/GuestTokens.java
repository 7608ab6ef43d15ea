package dev.terrane.sdk;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks a server for a guest's token. */
final class GuestTokens {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    /** A JWT needs no escapes, so no JSON reader is needed to find it. */
    private static final Pattern TOKEN = Pattern.compile("\"token\"\\s*:\\s*\"([A-Za-z0-9_.=-]+)\"");

    private static final int UNAUTHORIZED = 401;

    private GuestTokens() {}

    /**
     * Fails with an IOException whose message says what the server answered.
     *
     * @param expired an earlier token of this guest, for which the server gives a new one of the same character as long as it accepts it;
     *     empty for none
     */
    static CompletableFuture<String> fetch(HttpClient http, URI url, String expired) {
        HttpRequest.Builder request = HttpRequest.newBuilder(url)
                .timeout(TIMEOUT)
                .header("Accept", "application/json")
                .POST(BodyPublishers.noBody());
        if (!expired.isEmpty()) {
            request.header("Authorization", "Bearer " + expired);
        }
        return http.sendAsync(request.build(), BodyHandlers.ofString())
                .thenCompose(response -> response.statusCode() == UNAUTHORIZED && !expired.isEmpty()
                        ? fetch(http, url, "")
                        : read(response));
    }

    private static CompletableFuture<String> read(HttpResponse<String> response) {
        if (response.statusCode() / 100 != 2) {
            return CompletableFuture.failedFuture(new RefusedException(response.statusCode()));
        }
        Matcher token = TOKEN.matcher(response.body());
        return token.find()
                ? CompletableFuture.completedFuture(token.group(1))
                : CompletableFuture.failedFuture(new IOException("the answer to a guest holds no token"));
    }

    /** The server gave no token. */
    static final class RefusedException extends IOException {
        final int statusCode;

        RefusedException(int statusCode) {
            super("no guest token: the server answered " + statusCode);
            this.statusCode = statusCode;
        }
    }
}
