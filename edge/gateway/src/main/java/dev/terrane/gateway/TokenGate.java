package dev.terrane.gateway;

/** The port to what a door takes for a good token, now. Called on the gateway's thread; does not block. */
@FunctionalInterface
public interface TokenGate {
    /** @param token as the client sent it, unchecked; empty when it sent none */
    TokenCheck check(String token);
}
