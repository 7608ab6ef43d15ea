package dev.terrane.gateway;

import dev.terrane.base.CharacterId;

/** The port that makes tokens for guests. Any thread may call it; it does not block. */
public interface TokenIssuer {
    /**
     * A token for a new character that nobody else has.
     *
     * @param name proposed name of the avatar, already valid by {@link PlayerName}; may be empty
     */
    IssuedToken issueGuest(String name, long nowEpochMillis);

    /** A new token for a guest's character, after its earlier one was checked by {@link TokenVerifier#verifyGuest}. */
    IssuedToken issueGuest(CharacterId character, String name, long nowEpochMillis);

    /** @param token secret: for the client alone, never for logs */
    record IssuedToken(String token, VerifiedToken claims) {
        @Override
        public String toString() {
            return "IssuedToken[" + claims + "]";
        }
    }
}
