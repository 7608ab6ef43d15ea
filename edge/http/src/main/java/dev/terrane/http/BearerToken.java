package dev.terrane.http;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.ServerWebSocketHandshake;
import org.jspecify.annotations.Nullable;

/** Finds the token of a handshake: the Authorization header, or {@code ?token=} for browsers, which cannot set headers on a socket. */
final class BearerToken {
    private static final String SCHEME = "bearer ";
    private static final String PARAMETER = "token";

    private BearerToken() {}

    /** Empty when there is none. */
    static String of(ServerWebSocketHandshake handshake) {
        String ofHeader = ofHeader(handshake.headers());
        return ofHeader.isEmpty() ? ofQuery(handshake.query()) : ofHeader;
    }

    static String ofHeader(MultiMap headers) {
        String header = headers.get(HttpHeaders.AUTHORIZATION);
        return header != null && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? header.substring(SCHEME.length()).strip()
                : "";
    }

    static String ofQuery(@Nullable String query) {
        return QueryParameter.first(query, PARAMETER);
    }
}
