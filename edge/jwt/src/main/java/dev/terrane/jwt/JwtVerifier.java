package dev.terrane.jwt;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.terrane.base.CharacterId;
import dev.terrane.gateway.PlayerName;
import dev.terrane.gateway.TokenCheck;
import dev.terrane.gateway.TokenCheck.Reason;
import dev.terrane.gateway.TokenVerifier;
import dev.terrane.gateway.VerifiedToken;
import java.text.ParseException;
import java.time.Duration;
import java.util.Objects;
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

    private final ClaimsReader reader;

    public JwtVerifier(JwtSettings settings) {
        this.reader = new ClaimsReader(settings);
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
        ClaimsReader.Read read = reader.read(token);
        JWTClaimsSet claims = read.claims();
        if (claims == null) {
            return Objects.requireNonNull(read.refused());
        }
        if (guestsOnly && !Boolean.TRUE.equals(claims.getClaim(JwtIssuer.GUEST_CLAIM))) {
            return ClaimsReader.no(Reason.MISSING_CLAIM, "only a guest's token can be exchanged here; ask its issuer");
        }
        TokenCheck.Refused objection = reader.objection(claims, nowEpochMillis, graceMillis);
        if (objection != null) {
            return objection;
        }
        UUID character = uuid(claims.getSubject());
        if (character == null) {
            return ClaimsReader.no(Reason.MISSING_CLAIM, "the token's sub is not the UUID of a character");
        }
        try {
            return new TokenCheck.Accepted(new VerifiedToken(
                    character.toString(),
                    new CharacterId(character),
                    name(claims),
                    claims.getExpirationTime().getTime(),
                    ClaimsReader.ackedSeq(claims)));
        } catch (ParseException e) {
            return ClaimsReader.no(Reason.MALFORMED, "the token cannot be read");
        }
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
}
