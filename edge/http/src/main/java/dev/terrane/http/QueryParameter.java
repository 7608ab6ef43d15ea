package dev.terrane.http;

import io.netty.handler.codec.http.QueryStringDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds a parameter in a query string that a client has sent. */
final class QueryParameter {
    private static final int COUNT_MAX = 16;

    private QueryParameter() {}

    /** Its first value; empty when there is none, or when the query cannot be read. */
    static String first(@Nullable String query, String name) {
        if (query == null) {
            return "";
        }
        try {
            List<String> values = new QueryStringDecoder(query, StandardCharsets.UTF_8, false, COUNT_MAX)
                    .parameters()
                    .get(name);
            return values == null ? "" : values.getFirst();
        } catch (IllegalArgumentException brokenEscape) {
            return "";
        }
    }
}
