package dev.terrane.server.config;

import dev.terrane.conditions.LinkConditions;
import java.util.Locale;

/** What is for development, and refused elsewhere. */
public record DevConfig(
        @Key(
                doc =
                        "Makes every player's network worse, for development (server.env = dev): rtt=100,jitter=20,stall=300,stalls=6,kbps=2000, any of them. A client that asks for another by ?link=… in its URL has that. See docs/NETCODE.md.",
                fallback = "none")
        String link) {
    private static final String ENVIRONMENT = "dev";

    /** Whether a server in this environment ({@code server.env}) is for development. */
    public static boolean allowedIn(String environment) {
        return environment.toLowerCase(Locale.ROOT).equals(ENVIRONMENT);
    }

    /** @throws IllegalArgumentException naming the part that is wrong */
    public LinkConditions conditions() {
        return LinkConditions.parse(link);
    }
}
