package dev.terrane.gateway;

/** The port that reads tokens. Any thread may call it; it does not block. */
public interface TokenVerifier {
    /** @param token as the client sent it, unchecked; empty when it sent none */
    TokenCheck verify(String token, long nowEpochMillis);
}
