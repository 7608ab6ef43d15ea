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

/** How a character goes to another cluster: docs/PROTOCOL.md. Any thread; nothing blocks. */
public final class Transfers {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final String NAME = "[a-z0-9][a-z0-9.-]*/[a-z0-9][a-z0-9._-]*";
    private static final Pattern REASON = Pattern.compile("\"reason\"\\s*:\\s*\"([^\"\\\\]*)\"");

    private Transfers() {}

    /**
     * A right to arrive elsewhere.
     *
     * @param token secret, good once and for about a minute
     * @param redeemAt where to show it
     */
    public record Prepared(String token, URI redeemAt) {
        @Override
        public String toString() {
            return "Prepared[" + redeemAt + "]";
        }
    }

    /**
     * Asks the cluster that one plays in for a token to go to another one. Nothing changes yet: close the client when the other cluster has taken the token. Fails with an IOException that says what the
     * server answered.
     *
     * @param rest its REST address, for example {@code http://127.0.0.1:8080/api/v1}
     * @param token of the player
     * @param destination cluster and world, for example {@code terrane-2/skirmish}
     * @param lastSeq {@link TerraneClient#lastSeq()}: numbers go on there
     */
    public static CompletableFuture<Prepared> prepare(
            HttpClient http, URI rest, String token, String destination, int lastSeq) {
        if (!destination.matches(NAME)) {
            throw new IllegalArgumentException("'" + destination + "' must be cluster/world");
        }
        String body = "{\"destination\":\"" + destination + "\",\"last_seq\":" + lastSeq + "}";
        return post(http, URI.create(rest + "/transfers"), token, body)
                .thenCompose(answer -> text(answer, "token")
                        .thenCombine(text(answer, "redeem_at"), (found, at) -> new Prepared(found, URI.create(at))));
    }

    /** Exchanges it for a token to play there: connect with {@link ClientOptions#withToken}. Fails with an IOException that says what the server answered: a token is good once, at one place, until it expires. */
    public static CompletableFuture<String> redeem(HttpClient http, Prepared prepared) {
        return post(http, prepared.redeemAt, prepared.token, "{}").thenCompose(answer -> text(answer, "token"));
    }

    private static CompletableFuture<String> post(HttpClient http, URI url, String token, String body) {
        HttpRequest request = HttpRequest.newBuilder(url)
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + token)
                .POST(BodyPublishers.ofString(body))
                .build();
        return http.sendAsync(request, BodyHandlers.ofString()).thenCompose(Transfers::read);
    }

    private static CompletableFuture<String> read(HttpResponse<String> response) {
        if (response.statusCode() / 100 == 2) {
            return CompletableFuture.completedFuture(response.body());
        }
        Matcher reason = REASON.matcher(response.body());
        return CompletableFuture.failedFuture(new IOException(
                "the server answered " + response.statusCode() + (reason.find() ? ": " + reason.group(1) : "")));
    }

    /** Tokens and addresses need no escapes, so no JSON reader is needed to find them. */
    private static CompletableFuture<String> text(String answer, String field) {
        Matcher found =
                Pattern.compile("\"" + field + "\"\\s*:\\s*\"([^\"\\\\]+)\"").matcher(answer);
        return found.find()
                ? CompletableFuture.completedFuture(found.group(1))
                : CompletableFuture.failedFuture(new IOException("the answer holds no " + field));
    }
}
