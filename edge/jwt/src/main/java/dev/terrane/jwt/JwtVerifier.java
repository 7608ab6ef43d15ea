package dev.terrane.jwt;

import com.nimbusds.jose.Header;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.terrane.base.CharacterId;
import dev.terrane.gateway.PlayerName;
import dev.terrane.gateway.TokenCheck;
import dev.terrane.gateway.TokenCheck.Reason;
import dev.terrane.gateway.TokenVerifier;
import dev.terrane.gateway.VerifiedToken;
import java.text.ParseException;
import java.time.Duration;
import java.util.Date;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Checks tokens: form, algorithm, signature, issuer, times, subject, in this order. Any thread may call it.
 *
 * <p>The algorithm is this server's choice, not the token's: whoever may name it could name {@code none}, or have a public key taken for
 * the shared secret.
 */
public final class JwtVerifier implements TokenVerifier {
    /** Ours have about 300; anything near this is an attack on the parser. */
    public static final int TOKEN_LENGTH_MAX = 4096;

    private static final int PART_COUNT = 3;

    private final JwtSettings settings;
    private final JWSVerifier signature;

    public JwtVerifier(JwtSettings settings) {
        this.settings = settings;
        try {
            this.signature = new MACVerifier(settings.secret().bytes());
        } catch (JOSEException e) {
            throw new IllegalArgumentException("auth.jwt.secret cannot be used with HS256", e);
        }
    }

    @Override
    public TokenCheck verify(String token, long nowEpochMillis) {
        return verify(token, nowEpochMillis, 0, false);
    }

    @Override
    public TokenCheck verifyGuest(String token, long nowEpochMillis, Duration refreshTtl) {
        return verify(token, nowEpochMillis, refreshTtl.toMillis(), true);
    }

    private TokenCheck verify(String token, long nowEpochMillis, long graceMillis, boolean guestsOnly) {
        if (token.isEmpty()) {
            return refused(
                    Reason.MISSING,
                    "no token; send it as Authorization: Bearer or ?token=, from POST /guest for example");
        }
        if (token.length() > TOKEN_LENGTH_MAX) {
            return refused(Reason.MALFORMED, "the token is longer than " + TOKEN_LENGTH_MAX + " characters");
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
            if (!signed.verify(signature)) {
                return refused(Reason.BAD_SIGNATURE, "the token's signature is not this server's");
            }
            JWTClaimsSet claims = signed.getJWTClaimsSet();
            if (guestsOnly && !Boolean.TRUE.equals(claims.getClaim(JwtIssuer.GUEST_CLAIM))) {
                return refused(Reason.MISSING_CLAIM, "only a guest's token can be exchanged here; ask its issuer");
            }
            return claims(claims, nowEpochMillis, graceMillis);
        } catch (ParseException | JOSEException | IllegalArgumentException e) {
            return refused(Reason.MALFORMED, "the token cannot be read");
        }
    }

    private TokenCheck claims(JWTClaimsSet claims, long nowEpochMillis, long graceMillis) throws ParseException {
        long skewMillis = settings.clockSkew().toMillis();
        if (!settings.issuer().equals(claims.getIssuer())) {
            return refused(
                    Reason.WRONG_ISSUER,
                    "the token was issued by somebody else; this server takes " + settings.issuer());
        }
        Date expires = claims.getExpirationTime();
        if (expires == null) {
            return refused(Reason.MISSING_CLAIM, "the token has no exp: it would never expire");
        }
        if (nowEpochMillis - skewMillis - graceMillis >= expires.getTime()) {
            return refused(Reason.EXPIRED, "the token expired at " + expires.toInstant() + "; get a new one");
        }
        if (liesAhead(claims.getNotBeforeTime(), nowEpochMillis + skewMillis)
                || liesAhead(claims.getIssueTime(), nowEpochMillis + skewMillis)) {
            return refused(Reason.NOT_YET_VALID, "the token is not valid yet; compare the clocks of issuer and server");
        }
        UUID character = uuid(claims.getSubject());
        if (character == null) {
            return refused(Reason.MISSING_CLAIM, "the token's sub is not the UUID of a character");
        }
        return new TokenCheck.Accepted(
                new VerifiedToken(character.toString(), new CharacterId(character), name(claims), expires.getTime()));
    }

    private static boolean liesAhead(@Nullable Date moment, long latestEpochMillis) {
        return moment != null && moment.getTime() > latestEpochMillis;
    }

    private static @Nullable UUID uuid(@Nullable String subject) {
        try {
            return subject == null || subject.length() != 36 ? null : UUID.fromString(subject);
        } catch (IllegalArgumentException notUuid) {
            return null;
        }
    }

    /** A name that could not be shown is as good as none: Hello may say another. */
    private static String name(JWTClaimsSet claims) throws ParseException {
        String name = claims.getStringClaim(JwtIssuer.NAME_CLAIM);
        return name != null && PlayerName.valid(name) ? name : "";
    }

    private static TokenCheck refused(Reason reason, String detail) {
        return new TokenCheck.Refused(reason, detail);
    }
}
