package dev.terrane.http;

import dev.terrane.base.CharacterId;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * One operation that the server adds to REST, for whoever shows a token. Token, origin, rate, size and errors are the door's business.
 *
 * @param path under the REST prefix, with parameters as {@code :name}; for example {@code /wallets/:currency}
 */
public record ApiRoute(Method method, String path, Handler handler) {
    /** What may be done with a path. */
    public enum Method {
        GET,
        POST
    }

    /** Carries an operation out. */
    @FunctionalInterface
    public interface Handler {
        /** Called on event loops, several at once; must not block. The stage may be completed on any thread; if it fails, or takes too long, the client is told so. */
        CompletionStage<ApiAnswer> handle(Request request);
    }

    /**
     * What a client asks.
     *
     * @param character of its token
     * @param parameters those of the path, decoded
     * @param query each name's first value, decoded
     * @param body as it came, empty for GET; at most what the server's limit allows
     */
    public record Request(
            CharacterId character, Map<String, String> parameters, Map<String, String> query, byte[] body) {}
}
