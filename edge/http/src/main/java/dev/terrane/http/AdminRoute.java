package dev.terrane.http;

import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * One operation that the server adds to REST for administrators. Origin, rate, size and errors are the door's business; who asks is the handler's: it is handed the token as it came.
 *
 * @param path under the REST prefix, with parameters as {@code :name}
 */
public record AdminRoute(ApiRoute.Method method, String path, Handler handler) {
    /** Carries an operation out. */
    @FunctionalInterface
    public interface Handler {
        /** Called on event loops, several at once; must not block. The stage may be completed on any thread; if it fails, or takes too long, the client is told so. */
        CompletionStage<ApiAnswer> handle(Request request);
    }

    /**
     * What somebody asks.
     *
     * @param token of the Authorization header, not checked; empty: none
     * @param parameters those of the path, decoded
     * @param query each name's first value, decoded
     * @param body as it came, empty for GET; at most what the server's limit allows
     */
    public record Request(String token, Map<String, String> parameters, Map<String, String> query, byte[] body) {}
}
