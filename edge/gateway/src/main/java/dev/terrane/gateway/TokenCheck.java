package dev.terrane.gateway;

import dev.terrane.protocol.client.ErrorCode;

/** What came out of checking a token. */
public sealed interface TokenCheck {

    /** Good: the connection may open. */
    record Accepted(VerifiedToken token) implements TokenCheck {}

    /** Not good; {@code detail} is for the client and contains nothing of the token. */
    record Refused(Reason reason, String detail) implements TokenCheck {}

    /** Why a token is not good. */
    enum Reason {
        /** No token was given. */
        MISSING,
        /** Not three base64url parts of JSON, or too long. */
        MALFORMED,
        /** Signed by an algorithm other than HS256 (also "none"). */
        WRONG_ALGORITHM,
        /** The signature is of another key, or of other bytes. */
        BAD_SIGNATURE,
        /** Issued by somebody else. */
        WRONG_ISSUER,
        /** Was good once, also with the clock skew allowed. */
        EXPIRED,
        /** Not good yet ({@code nbf} or {@code iat} in the future). */
        NOT_YET_VALID,
        /** A claim that is needed is absent or has the wrong form; the detail names it. */
        MISSING_CLAIM;

        /** What the client is told. */
        public ErrorCode error() {
            return this == EXPIRED ? ErrorCode.TOKEN_EXPIRED : ErrorCode.UNAUTHORIZED;
        }
    }
}
