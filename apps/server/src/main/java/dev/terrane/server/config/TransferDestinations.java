package dev.terrane.server.config;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads {@code cluster.transferTo}. */
public final class TransferDestinations {
    private static final String NAME = "[a-z0-9][a-z0-9.-]{0,31}/[a-z0-9][a-z0-9._-]{0,31}";

    private TransferDestinations() {}

    /**
     * Where to redeem a token, by cluster and world.
     *
     * @throws IllegalArgumentException that says what is wrong with the first that is wrong
     */
    public static Map<String, URI> parse(List<String> destinations) {
        Map<String, URI> parsed = new TreeMap<>();
        for (String each : destinations) {
            int middle = each.indexOf('=');
            String name = middle < 0 ? each : each.substring(0, middle);
            URI uri = URI.create(middle < 0 ? "" : each.substring(middle + 1));
            boolean isWeb = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (!name.matches(NAME) || !isWeb || uri.getHost() == null) {
                throw new IllegalArgumentException(
                        "'" + each + "' must be like terrane-2/skirmish=http://host:port/api/v1");
            }
            parsed.put(name, uri);
        }
        return parsed;
    }
}
