package dev.terrane.gateway;

import org.jspecify.annotations.Nullable;

/**
 * What is known of a connection.
 *
 * @param ip the client's address, behind trusted proxies the forwarded one: for limits and logs
 * @param token who it is, verified; null while the client has not said so, which its Hello does at the latest
 */
public record ConnectionFacts(String ip, @Nullable VerifiedToken token) {

    /**
     * Who it is.
     *
     * @throws IllegalStateException before its Hello, where the door could not find out
     */
    public VerifiedToken verified() {
        VerifiedToken known = token;
        if (known == null) {
            throw new IllegalStateException("the client at " + ip + " has not said who it is");
        }
        return known;
    }
}
