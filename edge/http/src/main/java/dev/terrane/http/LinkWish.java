package dev.terrane.http;

import dev.terrane.conditions.LinkConditions;
import io.vertx.core.http.ServerWebSocketHandshake;
import org.jspecify.annotations.Nullable;

/** What network a connection gets: {@code ?link=rtt=100,jitter=20} in its URL, or else the one for all. */
sealed interface LinkWish {
    /** These, which may be none. */
    record Granted(LinkConditions conditions) implements LinkWish {}

    /** What the client is told. Whoever tests over a bad link must not believe that he does when he does not. */
    record Refused(String reason) implements LinkWish {}

    static LinkWish of(ServerWebSocketHandshake handshake, DevelopmentSettings settings) {
        return of(handshake.query(), settings);
    }

    static LinkWish of(@Nullable String query, DevelopmentSettings settings) {
        String text = QueryParameter.first(query, "link");
        if (text.isEmpty()) {
            return new Granted(settings.link());
        }
        if (!settings.linkByUrl()) {
            return new Refused("link: only a server with server.env = dev makes links worse on request");
        }
        try {
            return new Granted(LinkConditions.parse(text));
        } catch (IllegalArgumentException e) {
            return new Refused("link: " + e.getMessage());
        }
    }
}
