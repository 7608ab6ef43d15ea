package dev.terrane.http;

import dev.terrane.gateway.OriginRules;
import java.util.ArrayList;
import java.util.List;

/**
 * Whom the door believes.
 *
 * @param origins pages that may use sockets and REST besides those of this server itself, as {@code https://play.example.org}; {@code *} for any
 * @param trustProxy believe X-Forwarded-For and X-Forwarded-Proto when they come from one of {@code proxies}
 * @param proxies addresses or blocks ({@code 10.0.0.0/8}) of the reverse proxies in front of this server
 */
public record TrustSettings(List<String> origins, boolean trustProxy, List<String> proxies) {
    public TrustSettings {
        origins = List.copyOf(origins);
        proxies = List.copyOf(proxies);
    }

    /** Own pages only, no proxy. */
    public static TrustSettings defaults() {
        return new TrustSettings(List.of(), false, List.of("127.0.0.0/8", "::1/128"));
    }

    /** The same rules for sockets and REST. */
    OriginRules originRules() {
        List<String> rules = new ArrayList<>(origins);
        rules.add("same");
        return new OriginRules(rules);
    }

    void addMistakes(List<String> found) {
        for (String origin : origins) {
            try {
                new OriginRules(List.of(origin));
            } catch (IllegalArgumentException notOrigin) {
                found.add("server.corsOrigins: " + notOrigin.getMessage());
            }
        }
        for (String proxy : proxies) {
            if (AddressBlock.parse(proxy) == null) {
                found.add("server.trustedProxies has %s; write an address or a block such as 10.0.0.0/8"
                        .formatted(proxy));
            }
        }
    }
}
