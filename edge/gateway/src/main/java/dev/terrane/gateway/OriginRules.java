package dev.terrane.gateway;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which web pages may open a connection (R4): a browser says in the Origin header whose page it runs. Immutable; any thread may ask.
 *
 * <p>A rule is an origin ({@code https://play.example.org}, with a port where it is not the scheme's own), {@code *} for any, or
 * {@code same} for pages that this server itself delivered. Programs send no Origin and are not held back by it: it protects players
 * in browsers from foreign pages, and is no authentication.
 */
public final class OriginRules {
    private final List<String> origins;
    private final boolean any;
    private final boolean same;

    /** @throws IllegalArgumentException naming the rule that is none */
    public OriginRules(List<String> rules) {
        this.any = rules.contains("*");
        this.same = rules.contains("same");
        this.origins = rules.stream()
                .filter(rule -> !rule.equals("*") && !rule.equals("same"))
                .map(OriginRules::checked)
                .toList();
    }

    /**
     * @param origin the Origin header, null when absent
     * @param host the Host header of the same request, null when absent
     */
    public boolean allows(@Nullable String origin, @Nullable String host) {
        if (origin == null || any) {
            return true;
        }
        String wanted = origin.toLowerCase(Locale.ROOT);
        if (origins.contains(wanted)) {
            return true;
        }
        int scheme = wanted.indexOf("://");
        return same
                && host != null
                && scheme > 0
                && wanted.substring(scheme + 3).equals(host.toLowerCase(Locale.ROOT));
    }

    private static String checked(String rule) {
        String origin = rule.toLowerCase(Locale.ROOT);
        if (!origin.matches("https?://[a-z0-9.:\\[\\]-]+")) {
            throw new IllegalArgumentException("origin '" + rule
                    + "' must look like https://play.example.org (no path, no slash at the end), or be * or same");
        }
        return origin;
    }
}
