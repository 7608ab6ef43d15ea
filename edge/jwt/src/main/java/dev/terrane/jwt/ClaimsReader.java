package dev.terrane.jwt;

import com.nimbusds.jose.Header;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.terrane.gateway.TokenCheck;
import dev.terrane.gateway.TokenCheck.Reason;
import dev.terrane.gateway.VerifiedToken;
import java.text.ParseException;
import java.util.Date;
import org.jspecify.annotations.Nullable;

/** Reads what a token says, if it is one of ours: form, algorithm, signature, issuer, times, in this order. Immutable; any thread may use it. */
final class ClaimsReader {
    private static final int PART_COUNT = 3;

    private final JwtSettings settings;
    private final JWSVerifier signature;

    ClaimsReader(JwtSettings settings) {
        this.settings = settings;
        try {
            this.signature = new MACVerifier(settings.secret().bytes());
        } catch (JOSEException e) {
            throw new IllegalArgumentException("auth.jwt.secret cannot be used with HS256", e);
        }
    }

    /** One of the two is there. */
    record Read(@Nullable JWTClaimsSet claims, TokenCheck.@Nullable Refused refused) {}

    /** Whether the form and the signature are right; says nothing of times. */
    Read read(String token) {
        if (token.isEmpty()) {
            return refused(
                    Reason.MISSING,
                    "no token; send it as Authorization: Bearer or ?token=, from POST /guest for example");
        }
        if (token.length() > JwtVerifier.TOKEN_LENGTH_MAX) {
            return refused(
                    Reason.MALFORMED, "the token is longer than " + JwtVerifier.TOKEN_LENGTH_MAX + " characters");
        }
        String[] parts = token.split("\\.", -1);
        if (parts.length != PART_COUNT) {
            return refused(Reason.MALFORMED, "the token is not header.claims.signature");
        }
        try {
            // Not by SignedJWT: that one calls a header with "none" malformed, and the log should name the attempt.
            Header header = Header.parse(new Base64URL(parts[0]));
            if (!JWSAlgorithm.HS256.equals(header.getAlgorithm())) {
                return refused(Reason.WRONG_ALGORITHM, "the token must be signed with HS256");
            }
            SignedJWT signed = SignedJWT.parse(token);
            return signed.verify(signature)
                    ? new Read(signed.getJWTClaimsSet(), null)
                    : refused(Reason.BAD_SIGNATURE, "the token's signature is not this server's");
        } catch (ParseException | JOSEException | IllegalArgumentException e) {
            return refused(Reason.MALFORMED, "the token cannot be read");
        }
    }

    /** Why it is not good now; null when it is. @param graceMillis after its end */
    TokenCheck.@Nullable Refused objection(JWTClaimsSet claims, long nowEpochMillis, long graceMillis) {
        long skewMillis = settings.clockSkew().toMillis();
        if (!settings.issuer().equals(claims.getIssuer())) {
            return no(
                    Reason.WRONG_ISSUER,
                    "the token was issued by somebody else; this server takes " + settings.issuer());
        }
        Date expires = claims.getExpirationTime();
        if (expires == null) {
            return no(Reason.MISSING_CLAIM, "the token has no exp: it would never expire");
        }
        if (nowEpochMillis - skewMillis - graceMillis >= expires.getTime()) {
            return no(Reason.EXPIRED, "the token expired at " + expires.toInstant() + "; get a new one");
        }
        if (liesAhead(claims.getNotBeforeTime(), nowEpochMillis + skewMillis)
                || liesAhead(claims.getIssueTime(), nowEpochMillis + skewMillis)) {
            return no(Reason.NOT_YET_VALID, "the token is not valid yet; compare the clocks of issuer and server");
        }
        return null;
    }

    /** Where the character's numbers go on; a number that cannot be is none. */
    static int ackedSeq(JWTClaimsSet claims) throws ParseException {
        Integer seq = claims.getIntegerClaim(JwtIssuer.SEQ_CLAIM);
        return seq == null || seq < 0 || seq > VerifiedToken.ACKED_SEQ_MAX ? 0 : seq;
    }

    private static boolean liesAhead(@Nullable Date moment, long latestEpochMillis) {
        return moment != null && moment.getTime() > latestEpochMillis;
    }

    private static Read refused(Reason reason, String detail) {
        return new Read(null, no(reason, detail));
    }

    static TokenCheck.Refused no(Reason reason, String detail) {
        return new TokenCheck.Refused(reason, detail);
    }
}
