package dev.terrane.gateway;

import java.time.Duration;

/** The port that reads tokens. Any thread may call it; it does not block. */
public interface TokenVerifier {
    /** @param token as the client sent it, unchecked; empty when it sent none */
    TokenCheck verify(String token, long nowEpochMillis);

    /**
     * Like {@link #verify}, for a token that is to be exchanged for a new one: only a guest's will do, and it may have expired.
     *
     * @param refreshTtl how long ago at most
     */
    TokenCheck verifyGuest(String token, long nowEpochMillis, Duration refreshTtl);
}
